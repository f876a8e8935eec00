-- Priorities of customers as of 2024-12-20, from the rows of the export itself: what docs/attention.md says of them, in SQL. Of the
-- program come only the trend of usage and the score of four weeks before (table facts).
WITH
  day AS (SELECT '2024-12-20' AS today),
  dated AS (
    SELECT *, CAST(round(arr_amount * 100) AS INTEGER) AS cents,
      substr(start_date, 7, 4) || substr(start_date, 3, 4) || substr(start_date, 1, 2) AS started,
      CASE WHEN end_date <> '' THEN substr(end_date, 7, 4) || substr(end_date, 3, 4) || substr(end_date, 1, 2) END AS ended
    FROM subscriptions
  ),
  contract AS (
    SELECT account_id, cents,
      min(CASE WHEN date(started, years || ' years') > today THEN date(started, years || ' years')
               ELSE date(started, (years + 1) || ' years') END) AS renewal
    FROM (SELECT *, today, CAST(substr(today, 1, 4) AS INTEGER) - CAST(substr(started, 1, 4) AS INTEGER) AS years
          FROM dated, day
          WHERE started <= today AND (ended IS NULL OR ended > today) AND is_trial = 'FALSE' AND cents > 0)
    GROUP BY subscription_id
  ),
  -- The contract that most revenue hangs on; of equal ones the next to renew.
  main AS (
    SELECT account_id, sum(cents) OVER (PARTITION BY account_id) AS arr,
      julianday(renewal) - julianday(today) AS days,
      row_number() OVER (PARTITION BY account_id ORDER BY cents DESC, renewal) AS place
    FROM contract, day
  ),
  revenue AS (SELECT account_id, arr, CAST(days AS INTEGER) AS days FROM main WHERE place = 1),
  ranked AS (SELECT arr, row_number() OVER (ORDER BY arr) AS place, count(*) OVER () AS n FROM revenue),
  median AS (
    SELECT min(arr) + (max(arr) - min(arr)) / 2 AS median FROM ranked WHERE place IN ((n + 1) / 2, n / 2 + 1)
  ),
  open AS (
    SELECT account_id, priority,
      CAST(julianday(today) - julianday(substr(submitted_at, 7, 4) || substr(submitted_at, 3, 4) || substr(submitted_at, 1, 2))
           AS INTEGER) AS waits
    FROM tickets, day
    WHERE substr(submitted_at, 7, 4) || substr(submitted_at, 3, 4) || substr(submitted_at, 1, 2) <= today
      AND (closed_at = '' OR substr(closed_at, 7, 4) || substr(closed_at, 3, 4) || substr(closed_at, 1, 2) > today)
  ),
  parts AS (
    SELECT a.account_id, a.account_name AS name, r.arr, r.days, f.trend, f.score_before,
      CASE f.trend WHEN 'up' THEN 100 WHEN 'flat' THEN 50 WHEN '' THEN NULL ELSE 0 END AS usage,
      (SELECT CASE WHEN count(*) = 0 THEN 100 WHEN count(*) <= 2 THEN 80 WHEN count(*) <= 5 THEN 50 ELSE 20 END
       FROM open o WHERE o.account_id = a.account_id) AS tickets,
      CASE WHEN r.days > 180 THEN 100 WHEN r.days >= 60 THEN 70 WHEN r.days IS NOT NULL THEN 30 END AS renewal
    FROM accounts a JOIN facts f ON f.customer_id = a.account_id LEFT JOIN revenue r USING (account_id)
  ),
  scored AS (
    SELECT *, coalesce(45 * usage, 0) + 35 * tickets + coalesce(20 * renewal, 0) AS sum,
      35 + CASE WHEN usage IS NULL THEN 0 ELSE 45 END + CASE WHEN renewal IS NULL THEN 0 ELSE 20 END AS coverage
    FROM parts
  ),
  judged AS (
    SELECT *, (sum + 50) / 100 AS worst, (sum * 100 / coverage + 50) / 100 AS score,
      CASE WHEN arr IS NULL THEN 1000 ELSE max(10, (arr * 1000 + median / 2) / median) END AS value,
      CASE WHEN days <= 90 THEN max(10, min(100, 100 - days)) ELSE 0 END AS near
    FROM scored, median
  ),
  risked AS (
    SELECT *, CASE WHEN coverage < 50 THEN CASE trend WHEN 'silent' THEN 'high' ELSE 'unknown' END
                   WHEN worst >= 75 THEN 'low' WHEN worst >= 50 THEN 'medium'
                   WHEN score < 50 THEN 'high' ELSE 'unknown' END AS risk
    FROM judged
  ),
  likely AS (SELECT *, CASE risk WHEN 'unknown' THEN 50 ELSE max(20, 100 - worst) END AS chance FROM risked),
  items AS (
    SELECT account_id, 50 * max(10, near) AS kind FROM likely WHERE days BETWEEN 0 AND 90
    UNION ALL SELECT account_id, 80 * max(40, near) FROM likely WHERE trend = 'silent'
    UNION ALL SELECT account_id, 60 * max(40, near) FROM likely WHERE trend = 'down'
    UNION ALL SELECT account_id, 70 * max(40, near) FROM likely WHERE risk = 'high' AND arr > 0
    UNION ALL SELECT account_id, 50 * max(50, near) FROM likely WHERE score_before <> '' AND score_before - score >= 15
    UNION ALL SELECT account_id, 60 * max(50, near, min(100, 50 + 5 * waits))
      FROM likely JOIN open USING (account_id) WHERE priority = 'urgent'
  )
SELECT name, value * chance * max(kind) AS priority
FROM items JOIN likely USING (account_id)
GROUP BY account_id
ORDER BY priority DESC
