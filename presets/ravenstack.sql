-- RavenStack, a public synthetic SaaS data set: accounts, their subscriptions, and usage by subscription.
-- Dates are DD-MM-YYYY there. Everything is seen as of the day :as_of; what comes after it is not known yet.
--
-- requires: ravenstack_accounts.csv, ravenstack_subscriptions.csv, ravenstack_feature_usage.csv, ravenstack_supports_ticket.csv

-- customers
-- Accounts that have left stay in the book: without an active subscription they have no contract.
SELECT account_id AS customer_id, account_name AS name, industry, plan_tier AS segment
FROM ravenstack_accounts

-- usage
-- Uses of all features by all subscriptions of the account, in windows of 30 days of which the newest ends on :as_of;
-- 24 windows at the most. Only whole windows count: the oldest begins after the account's first trace, its sign-up
-- or, where that is earlier, its first use. A window without use is a true zero.
WITH RECURSIVE
  uses AS (
    SELECT account_id, CAST(usage_count AS INTEGER) AS uses,
      substr(usage_date, 7, 4) || '-' || substr(usage_date, 4, 2) || '-' || substr(usage_date, 1, 2) AS day
    FROM ravenstack_feature_usage JOIN ravenstack_subscriptions USING (subscription_id)
  ),
  traces AS (
    SELECT account_id, day FROM uses
    UNION ALL
    SELECT account_id, substr(signup_date, 7, 4) || '-' || substr(signup_date, 4, 2) || '-' || substr(signup_date, 1, 2)
    FROM ravenstack_accounts
  ),
  known AS (SELECT account_id, min(day) AS since FROM traces GROUP BY account_id),
  windows(number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM windows WHERE number < 23),
  totals AS (
    SELECT account_id, CAST((julianday(:as_of) - julianday(day)) / 30 AS INTEGER) AS number, sum(uses) AS uses
    FROM uses WHERE day <= :as_of GROUP BY 1, 2
  )
SELECT known.account_id AS customer_id,
  date(:as_of, '-' || (30 * windows.number) || ' days') AS date,
  coalesce(totals.uses, 0) AS value,
  'feature uses in 30 days' AS metric
FROM known
JOIN windows ON known.since <= date(:as_of, '-' || (30 * windows.number + 29) || ' days')
LEFT JOIN totals ON totals.account_id = known.account_id AND totals.number = windows.number
ORDER BY known.account_id, date

-- tickets
-- A ticket is open on :as_of if it was closed on a later day; one closed that very day is closed.
WITH dated AS (
  SELECT ticket_id, account_id, priority,
    substr(submitted_at, 7, 4) || '-' || substr(submitted_at, 4, 2) || '-' || substr(submitted_at, 1, 2) AS opened_on,
    CASE WHEN closed_at <> '' THEN
      substr(closed_at, 7, 4) || '-' || substr(closed_at, 4, 2) || '-' || substr(closed_at, 1, 2) END AS closed_on
  FROM ravenstack_supports_ticket
)
SELECT ticket_id, account_id AS customer_id,
  CASE priority WHEN 'medium' THEN 'normal' ELSE priority END AS priority,
  opened_on,
  CASE WHEN closed_on <= :as_of THEN closed_on END AS closed_on
FROM dated
WHERE opened_on <= :as_of

-- contracts
-- An account has about ten subscriptions at once. Revenue and seats are those of all active ones together; the renewal
-- is the next anniversary of the one that most revenue hangs on, and plan and automatic renewal are that one's too.
-- (The earliest anniversary of ten would be within weeks for nearly every account and rank nobody.) A subscription of
-- 29 February has its anniversary on 1 March where the year has no such day.
WITH
  dated AS (
    SELECT subscription_id, account_id, plan_tier, auto_renew_flag, is_trial,
      CAST(seats AS INTEGER) AS seats, CAST(arr_amount AS REAL) AS arr,
      substr(start_date, 7, 4) || '-' || substr(start_date, 4, 2) || '-' || substr(start_date, 1, 2) AS started,
      CASE WHEN end_date <> '' THEN
        substr(end_date, 7, 4) || '-' || substr(end_date, 4, 2) || '-' || substr(end_date, 1, 2) END AS ended
    FROM ravenstack_subscriptions
  ),
  active AS (
    SELECT *, CAST(substr(:as_of, 1, 4) AS INTEGER) - CAST(substr(started, 1, 4) AS INTEGER) AS years
    FROM dated
    WHERE started <= :as_of AND (ended IS NULL OR ended > :as_of) AND is_trial = 'FALSE' AND arr > 0
  ),
  renewals AS (
    SELECT *, CASE
      WHEN date(started, '+' || years || ' years') > :as_of THEN date(started, '+' || years || ' years')
      ELSE date(started, '+' || (years + 1) || ' years') END AS renewal_date
    FROM active
  ),
  ranked AS (
    SELECT *,
      sum(arr) OVER (PARTITION BY account_id) AS arr_in_all,
      sum(seats) OVER (PARTITION BY account_id) AS seats_in_all,
      row_number() OVER (PARTITION BY account_id ORDER BY arr DESC, renewal_date, subscription_id) AS place
    FROM renewals
  )
SELECT account_id AS customer_id, renewal_date, printf('%.2f', arr_in_all) AS arr, 'USD' AS currency,
  plan_tier AS plan, seats_in_all AS seats, auto_renew_flag AS auto_renew
FROM ranked
WHERE place = 1
