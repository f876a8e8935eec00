//! What the words of the language mean. Words that carry a meaning which no query has are not here, so that a question
//! with them is refused.

use contracts::query::{Op, Unit};

/// What words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing: it is read and passed over.
    Nothing,
    /// A verb or what brings in another condition: `are`, `with`, `whose`.
    Brings,
    /// Customers; whether it is one of them.
    Customers(bool),
    /// A renewal, or to renew; whether it is a verb.
    Renewal(bool),
    /// A condition, as text.
    Condition(&'static str),
    /// A figure, by the word it is typed by.
    Figure(&'static str),
    /// A figure of which having some is a condition.
    Some(&'static str),
    /// What is grouped by, by the word it is typed by.
    Words(&'static str),
    /// What is missing where it is said to be.
    Data(&'static str),
    /// To pay: an amount follows.
    Pays,
    PerSeat,
    /// A level of risk.
    Level(&'static str),
    Risk,
    Usage,
    /// Which way usage goes.
    Goes(&'static str),
    /// The drop or the rise of usage.
    Change(bool),
    Is(Op),
    Between,
    To,
    From,
    And,
    /// The same, but what it joins are two conditions.
    But,
    Or,
    Not,
    /// `no`, `without`: nothing of what follows.
    No,
    Except,
    Neither,
    Nor,
    OrMore(Op),
    Unit(Unit),
    This,
    Next,
    Last,
    Within,
    In,
    Before,
    After,
    By,
    Until,
    EndOf,
    Since,
    Onwards,
    Away,
    For,
    Month(u32),
    /// A day that comes every year.
    Feast(u32, u32),
    Day(i64),
    Soon,
    HowMany,
    HowMuch,
    Total,
    Mean,
    Median,
    Share,
    Each,
    Top,
    /// The most or least of a figure.
    Most(&'static str, bool),
    /// The most or least of what follows.
    Extreme(bool),
    Sort,
    /// An order by a figure, and whether the greatest comes first.
    Ordered(&'static str, bool),
    Descending,
    Ascending,
    Compare,
    Versus,
    Than(&'static str),
    Churned,
    Unused,
    Untouched,
    /// `since`: from a time that has passed.
    Ever,
    /// What no query says, though each of its words means something by itself.
    Unclear,
}

use Meaning::{
    After, Ascending, Away, Before, Between, Brings, But, By, Change, Churned, Compare, Condition, Customers, Data,
    Day, Descending, Each, EndOf, Ever, Except, Extreme, Feast, Figure, For, From, Goes, HowMany, HowMuch, In, Is,
    Last, Level, Mean, Median, Month, Most, Neither, Next, No, Nor, Not, Nothing, Onwards, OrMore, Ordered, Pays,
    PerSeat, Renewal, Risk, Share, Since, Some, Soon, Sort, Than, This, To, Top, Total, Unclear, Until, Untouched,
    Unused, Usage, Versus, Within, Words,
};

/// Words that mean the same, with `|` between them, and what they mean.
#[rustfmt::skip]
pub(super) const TABLE: &[(&str, Meaning)] = &[
    ("show|list|give|find|display|tell|me|us|please|the|a|an|of|my|our|all|any|every|those|ones|only|just|what|i want|i need|to see|can you|could you|get|there|we|do we have|we have|do i have|i have|their|them all|band|its|it|book|the whole book|our book|my book|in my book|in our book|in the book|in the whole book|either|,", Nothing),
    ("are|is|be|have|has|with|who|that|which|whose|do|does|having|where|at|on|for which|and are|being", Brings),
    ("customers|accounts|accts|clients|companies|logos|deals|everything|everyone|everybody|all of them|organisations|organizations", Customers(false)),
    ("customer|account|client|company|anyone|anybody|somebody|someone|anything", Customers(true)),
    ("renewals|renewal|contract renewal|contract renewals|contracts|renewal date|renewal dates", Renewal(false)),
    ("renew|renews|renewing|up for renewal|due for renewal|coming up for renewal|come up for renewal|comes up for renewal|expire|expires|expiring|ending|ends|run out|runs out|running out|due to renew|are due|is due", Renewal(true)),
    ("overdue|past due|late|overdue renewal|overdue renewals|an overdue renewal", Condition("renewal:overdue")),
    ("silent|inactive|dormant|idle|gone quiet|gone silent|stopped using|stopped using us|stopped using the product|not using the product|not using us|no longer using the product|silence", Condition("silent:yes")),
    ("at risk|in danger|in trouble|likely to churn|likely to leave|about to churn|about to leave|at risk of churn|at risk of churning|churn risk|unhealthy", Condition("risk:high")),
    ("high-risk", Condition("risk:high")), ("medium-risk", Condition("risk:medium")), ("healthy|in good health|low-risk", Condition("risk:low")), ("no usage data|without usage data|missing usage data|without any usage data", Condition("usage:missing")), ("no renewal date|without a renewal date|without renewal date|missing renewal date", Condition("renewal:missing")),
    ("stale|stale data|outdated|out of date|old data", Condition("usage:stale or tickets:stale or arr:stale")), ("stale usage|stale usage data|outdated usage|outdated usage data", Condition("usage:stale")), ("stale tickets|stale ticket data|outdated ticket data", Condition("tickets:stale")), ("stale contract|stale contracts|stale contract data|outdated contract data", Condition("arr:stale")),
    ("growing|on the rise", Condition("trend:up")), ("declining|shrinking|in decline", Condition("trend:down")),
    ("auto renew|auto renews|auto-renew|auto-renews|auto-renewing|auto renewing|on auto renew|on auto-renew|auto renewal|auto-renewal|automatic renewal|renew automatically|renews automatically|renewing automatically|renew by themselves|renews by itself|renew themselves", Condition("auto-renew:yes")),
    ("arr|revenue|annual revenue|yearly revenue|recurring revenue|annual recurring revenue|contract value|acv|money", Figure("arr")),
    ("score|health score|points|point|health", Figure("score")),
    ("seats|seat|licences|licenses", Figure("seats")), ("days to renewal|time to renewal|days until renewal|days to the renewal|days until the renewal|days before renewal|days from renewal", Figure("renewal")),
    ("seats used|seat usage|seat use|seats in use", Figure("seats-used")), ("arr per seat|revenue per seat|price per seat", Figure("arr-per-seat")),
    ("tickets|ticket|open tickets|open ticket|support tickets|tickets open", Some("tickets")), ("urgent tickets|urgent ticket|open urgent tickets|urgent open tickets", Some("urgent")),
    ("high priority tickets|high-priority tickets|high priority ticket", Some("high-tickets")),
    ("segment|segments", Words("segment")), ("industry|industries|sector|vertical", Words("industry")), ("plan|plans", Words("plan")), ("owner|owners|csm|csms|account owner|owned by|managed by", Words("owner")),
    ("currency|currencies", Words("currency")), ("status", Words("status")), ("risk band|risk level|risk bands|risk levels", Words("risk")), ("trend|usage trend", Words("trend")),
    ("usage data|use data|usage information|data on usage", Data("usage")), ("ticket data", Data("tickets")), ("contact|contacts|main contact", Data("contact")),
    ("pay|pays|paying|spend|spends|spending|worth|bring in|brings in", Pays), ("per seat|a seat|per licence|per license", PerSeat),
    ("high|red", Level("high")), ("medium|yellow|amber|moderate", Level("medium")), ("low|green", Level("low")), ("unknown", Level("unknown")),
    ("risk|risks", Risk), ("usage|use|logins|activity|adoption|engagement", Usage),
    ("down|goes down|going down|falling|dropping|decreasing|fallen|falls|sinking", Goes("down")), ("up|goes up|going up|rising|increasing|risen", Goes("up")), ("flat|stable|steady|unchanged", Goes("flat")),
    ("drop|fall|decline|decrease|drops|falls off|dropped|fell|fell by|dropped by|down by", Change(false)), ("rise|growth|increase|rose|rose by|grew|grew by|up by", Change(true)),
    ("over|above|more than|greater than|larger than|higher than|exceeding|beyond|upwards of|>", Is(Op::Over)),
    ("under|below|less than|fewer than|lower than|<", Is(Op::Under)),
    ("at least|no less than|not less than|no fewer than|not fewer than|not under|not below|no lower than|minimum of|a minimum of|>=", Is(Op::AtLeast)),
    ("at most|no more than|not more than|up to|not over|not above|no higher than|maximum of|a maximum of|not exceeding|<=", Is(Op::AtMost)),
    ("exactly|equal to|=", Is(Op::Is)), ("or more|or higher|or above|and above|and more|or over|and up", OrMore(Op::AtLeast)), ("or less|or fewer|or lower|or below|and below|or under", OrMore(Op::AtMost)),
    ("between", Between), ("to|through|-|till", To), ("from", From), ("and|as well as", Meaning::And), ("but", But), ("or", Meaning::Or),
    ("not", Not), ("no|without|without any|do not have|does not have|not having", No), ("except|unless|excluding|except for|other than|apart from|but not|besides|everyone but|everybody but|anyone but|anybody but|anything but|all but", Except),
    ("neither", Neither), ("nor", Nor),
    ("days|day", Meaning::Unit(Unit::Day)), ("weeks|week", Meaning::Unit(Unit::Week)), ("months|month", Meaning::Unit(Unit::Month)), ("quarters|quarter", Meaning::Unit(Unit::Quarter)), ("years|year", Meaning::Unit(Unit::Year)),
    ("this", This), ("next|coming|upcoming|the coming|the next", Next), ("last|past|previous", Last), ("within|within the next|in the next|over the next|in the coming|within the coming", Within), ("in|during", In),
    ("before|earlier than|prior to", Before), ("after|later than", After), ("by|sorted by|ordered by|ranked by", By), ("until", Until), ("no later than|not after|not later than", Until),
    ("by end of|by the end of|till end of|till the end of|until the end of|before the end of|until end of|before end of", EndOf), ("no earlier than|not before|not earlier than|starting|starting in|starting from|from now on", Since), ("onwards|onward|and later|or later|and after|on and after", Onwards),
    ("away|out|from now|from today|ahead|off|in the future", Away), ("for", For),
    ("january|jan", Month(1)), ("february|feb", Month(2)), ("march|mar", Month(3)), ("april|apr", Month(4)), ("may", Month(5)), ("june|jun", Month(6)), ("july|jul", Month(7)), ("august|aug", Month(8)), ("september|sep|sept", Month(9)), ("october|oct", Month(10)), ("november|nov", Month(11)), ("december|dec", Month(12)),
    ("christmas", Feast(12, 25)), ("new year eve|new years eve|new year's eve", Feast(12, 31)), ("new year|new years|new years day", Feast(1, 1)),
    ("today", Day(0)), ("tomorrow", Day(1)), ("yesterday", Day(-1)), ("soon|shortly", Soon),
    ("how many|number of|count|count of|the number of", HowMany), ("how much|how much do we make from|how much do we get from", HowMuch), ("total|sum|sum of|combined|the sum of|total of", Total), ("average|avg|mean|on average", Mean), ("median", Median),
    ("share|percentage|percent|proportion|fraction|what part|which part|what share|what percentage|what percent", Share), ("per|for each|in each|for every|grouped by|broken down by|split by", Each),
    ("top", Top),
    ("biggest|largest|top paying|highest paying|most valuable", Most("arr", true)), ("smallest|lowest paying|least valuable", Most("arr", false)),
    ("worst|unhealthiest|least healthy|sickest|riskiest|most at risk|highest risk|most likely to churn|most likely to leave", Most("score", false)), ("best|healthiest|most healthy", Most("score", true)),
    ("soonest|soonest renewal|next to renew|renews next|renew next|renewing next|next renewal|earliest renewal|nearest renewal|soonest renewals", Most("renewal", false)), ("latest renewal|furthest renewal", Most("renewal", true)), ("oldest ticket|oldest open ticket|oldest tickets", Most("oldest-ticket", true)),
    ("most|highest|greatest|the most|the highest", Extreme(true)), ("least|lowest|fewest|the least|the lowest|the fewest", Extreme(false)),
    ("sort|sort by|order by|order", Sort), ("descending|desc|highest first|most first", Descending), ("ascending|asc|lowest first|least first", Ascending),
    ("soonest renewal first|soonest first|next renewal first", Ordered("renewal", false)), ("biggest first|largest first|highest arr first", Ordered("arr", true)),
    ("compare", Compare), ("vs|versus|vs.", Versus), ("bigger than", Than("-arr")), ("smaller than", Than("arr")), ("healthier than|better than", Than("-score")), ("worse than", Than("score")),
    ("churned|left us|we lost|did we lose|did we lose any|we have lost", Churned),
    ("no usage|no logins|no use|not used|not logged in|have not logged in|has not logged in|have not used|not used us|no activity|have not used us|have not used the product|has not used the product", Unused),
    ("not touched|no touch|no contact|not contacted|have not contacted|not spoken to|have not spoken to|have not talked to|untouched|not talked to|not been contacted|not been touched|not been called|not been spoken to|not been talked to", Untouched),
    ("since", Ever),
    ("expired|not only|not just|not all|not every|not everyone|not everybody|not everything|not necessarily|just under|just over|just above|just below|just about", Unclear),
];
