//! From where on a figure is many, near, old or sharp: each limit once, for every rule that speaks of it.

/// From how many open tickets on they are many.
pub const MANY_TICKETS: u32 = 3;

/// From how many open tickets on they ask for a plan of their own.
pub const TICKETS_FOR_A_PLAN: u32 = 4;

/// After how many days an open ticket has been forgotten.
pub const FORGOTTEN_TICKET_DAYS: i64 = 30;

/// How often a subject comes in a period to be said to recur.
pub const RECURRING: usize = 3;

/// A renewal up to this many days away is pressing.
pub const RENEWAL_PRESSING_DAYS: i64 = 30;

/// A renewal under this many days away is near.
pub const RENEWAL_NEAR_DAYS: i64 = 60;

/// A renewal up to this many days away is in sight.
pub const RENEWAL_IN_SIGHT_DAYS: i64 = 90;

/// A renewal over this many days away is far.
pub const RENEWAL_FAR_DAYS: i64 = 180;

/// A change of usage by this share, in basis points, catches the eye even where it is no trend.
pub const VISIBLE_CHANGE_BP: i64 = 1_000;

/// A fall of usage by this share, in basis points, cannot wait.
pub const SHARP_FALL_BP: i64 = 3_000;

/// How many days totals are made over where nobody says.
pub const PERIOD_DAYS: u64 = 90;

/// A ticket that is not of low priority has waited from so many days on.
pub const TICKET_WAITS_DAYS: i64 = 14;

/// A ticket that took so many days was a long one.
pub const LONG_TICKET_DAYS: i64 = 7;

/// What was solved up to so many days ago is news.
pub const SOLVED_LATELY_DAYS: i64 = 14;

/// From how many days without use on silence is long.
pub const LONG_SILENCE_DAYS: i64 = 60;

/// From what share of seats in use on, in basis points, few are left.
pub const SEATS_NEARLY_FULL_BP: i64 = 9_000;

/// Under what share of seats in use, in basis points, many lie idle.
pub const SEATS_IDLE_BP: i64 = 5_000;

/// A customer of fewer seats is a small one, where nothing is said of its segment.
pub const SMALL_SEATS: u64 = 26;

/// From how many seats on a customer is a large one, where nothing is said of its segment.
pub const LARGE_SEATS: u64 = 250;

/// A customer that pays so many thousandths of the median of the book is a large one.
pub const LARGE_WORTH: u64 = 3_000;

/// One that pays so few is a small one.
pub const SMALL_WORTH: u64 = 333;

/// So many days before the notice of a contract ends, it is time to write about it.
pub const NOTICE_AHEAD_DAYS: i64 = 30;

/// A renewal by itself that passed up to so many days ago is looked at.
pub const PASSED_LATELY_DAYS: i64 = 30;

/// After a touch, nothing but an incident is written about for so many days.
pub const IN_TOUCH_DAYS: i64 = 4;

/// How far back is looked for something to write about, in days.
pub const LOOK_BACK_DAYS: u64 = 28;

/// How many days ago the score is looked up that the present one is compared with.
pub const SCORE_LOOKBACK_DAYS: u64 = 28;

/// A fall of the health score by so many points asks why.
pub const SCORE_DROP: u32 = 15;

/// A fall of revenue is news for so many days.
pub const ARR_NEWS_DAYS: i64 = 90;

/// After how many days without a touch a customer has been left alone for long.
pub const NO_TOUCH_DAYS: i64 = 60;

/// From how many customers on those of a source can fall together.
pub const SOURCE_CUSTOMERS: usize = 20;
