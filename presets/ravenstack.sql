-- RavenStack, a public synthetic SaaS data set: accounts, their subscriptions, and usage by subscription.
-- Dates are DD-MM-YYYY there. Everything is seen as of the day :as_of; what comes after it is not known yet.
--
-- requires: ravenstack_accounts.csv, ravenstack_subscriptions.csv, ravenstack_feature_usage.csv, ravenstack_supports_ticket.csv

-- customers
-- No status: the data do not say who has left. Of the accounts that are flagged as churned, or whose last event is that
-- they left and not that they came back, nearly all have active subscriptions. An account without any has no contract.
WITH dated AS (
  SELECT *, 'ravenstack_accounts.csv:' || rowid AS place,
    substr(signup_date, 7, 4) || '-' || substr(signup_date, 4, 2) || '-' || substr(signup_date, 1, 2) AS signed_up
  FROM ravenstack_accounts
)
SELECT account_id AS customer_id, account_name AS name, industry, plan_tier AS segment,
  CASE WHEN signed_up <= :as_of THEN signed_up END AS since, place
FROM dated

-- usage
-- Uses of all features by all subscriptions of the account, day by day. A day without use has no row.
WITH uses AS (
  SELECT account_id, CAST(usage_count AS INTEGER) AS uses,
    substr(usage_date, 7, 4) || '-' || substr(usage_date, 4, 2) || '-' || substr(usage_date, 1, 2) AS day
  FROM ravenstack_feature_usage JOIN ravenstack_subscriptions USING (subscription_id)
)
SELECT account_id AS customer_id, day AS date, sum(uses) AS value, 'feature uses' AS metric, 'count' AS measure
FROM uses
WHERE day <= :as_of
GROUP BY account_id, day

-- tickets
-- A ticket is open on :as_of if it was closed on a later day; one closed that very day is closed.
WITH dated AS (
  SELECT ticket_id, account_id, priority, 'ravenstack_supports_ticket.csv:' || rowid AS place,
    substr(submitted_at, 7, 4) || '-' || substr(submitted_at, 4, 2) || '-' || substr(submitted_at, 1, 2) AS opened_on,
    CASE WHEN closed_at <> '' THEN
      substr(closed_at, 7, 4) || '-' || substr(closed_at, 4, 2) || '-' || substr(closed_at, 1, 2) END AS closed_on
  FROM ravenstack_supports_ticket
)
SELECT ticket_id, account_id AS customer_id,
  CASE priority WHEN 'medium' THEN 'normal' ELSE priority END AS priority,
  opened_on,
  CASE WHEN closed_on <= :as_of THEN closed_on END AS closed_on, place
FROM dated
WHERE opened_on <= :as_of

-- contracts
-- Every active subscription is a contract by its own id, about ten an account, so that one that ends is told by itself.
-- Nobody says when one renews: taken is the next anniversary of its start. One of 29 February has it on 1 March where the
-- year has no such day. Trials are no contracts.
WITH
  dated AS (
    SELECT subscription_id, account_id, plan_tier, auto_renew_flag, is_trial, seats,
      'ravenstack_subscriptions.csv:' || rowid AS place, CAST(arr_amount AS REAL) AS arr,
      substr(start_date, 7, 4) || '-' || substr(start_date, 4, 2) || '-' || substr(start_date, 1, 2) AS started,
      CASE WHEN end_date <> '' THEN
        substr(end_date, 7, 4) || '-' || substr(end_date, 4, 2) || '-' || substr(end_date, 1, 2) END AS ended
    FROM ravenstack_subscriptions
  ),
  active AS (
    SELECT *, CAST(substr(:as_of, 1, 4) AS INTEGER) - CAST(substr(started, 1, 4) AS INTEGER) AS years
    FROM dated
    WHERE started <= :as_of AND (ended IS NULL OR ended > :as_of) AND is_trial = 'FALSE' AND arr > 0
  )
SELECT account_id AS customer_id, subscription_id AS contract_id,
  CASE
    WHEN date(started, '+' || years || ' years') > :as_of THEN date(started, '+' || years || ' years')
    ELSE date(started, '+' || (years + 1) || ' years') END AS renewal_date,
  printf('%.2f', arr) AS arr, 'USD' AS currency, plan_tier AS plan, seats, auto_renew_flag AS auto_renew, place
FROM active

-- satisfaction
-- What was answered when a ticket was closed, on that day; many are closed without an answer.
WITH dated AS (
  SELECT ticket_id, account_id, satisfaction_score, 'ravenstack_supports_ticket.csv:' || rowid AS place,
    substr(closed_at, 7, 4) || '-' || substr(closed_at, 4, 2) || '-' || substr(closed_at, 1, 2) AS closed_on
  FROM ravenstack_supports_ticket
)
SELECT account_id AS customer_id, closed_on AS date, 'csat' AS survey, satisfaction_score AS score, ticket_id AS response_id,
  place
FROM dated
WHERE satisfaction_score <> '' AND closed_on <= :as_of
