//! What the words of a question about one customer mean. Words that no fact and no task is about are not here, so that a
//! question with them is refused.

use super::Sort;

/// What words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing: it is read and passed over.
    Nothing,
    /// It makes a question, whose answer is of this sort.
    Asks(Sort),
    /// What follows modifies what was before: `about`, `of`.
    Of,
    /// What follows is asked beside what was before.
    And,
    /// The same, but no fact answers what it brings in: `before the renewal`.
    Beside,
    /// A time, as only a day answers it.
    Time,
    /// Facts: the first one answers, and the others where they are known.
    Facts(Sort, &'static [&'static str]),
    /// Facts where they are asked for, else a task.
    Either(Task, Sort, &'static [&'static str]),
    /// The tickets that are open, one by one.
    OpenTickets,
    /// What becomes of a ticket that is named.
    TicketState,
    /// A task.
    Task(Task),
    /// A task that what is before it modifies: `the renewal is at risk`.
    Modified(Task),
    /// To write: what the customer gets, unless something else is named.
    Write,
    /// It asks what to do, which is more than a fact.
    Advice,
    /// It asks how things are; any fact or task is nearer.
    Overview,
    /// It asks for causes, which the parts of the score alone tell.
    Why,
}

/// The tasks that words ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    Health,
    Renewal,
    Qbr,
    Churn,
    Email,
}

use Meaning::{
    Advice, And, Asks, Beside, Either, Facts, Modified, Nothing, Of, OpenTickets, Overview, TicketState, Time, Why,
    Write,
};
use Sort::{Amount, Any, Day, Person};

const CONTRACT: &[&str] = &[
    "contract.renewal_date",
    "contract.arr",
    "contract.plan",
    "contract.seats",
    "contract.auto_renew",
    "contract.notice_by",
];

/// Words that are passed over before anything else is read, so that none of them parts what means something together.
pub(super) const SMALL: &[&str] = &[
    "a", "an", "the", "it", "its", "they", "them", "their", "they're", "theirs", "he", "she", "this", "that", "these",
    "those", "we", "us", "our", "i", "me", "my", "you", "your", "is", "are", "was", "were", "am", "do", "does", "did",
    "has", "have", "had", "will", "would", "can", "could", "be", "being", "got", "get", "gets",
];

/// Words that mean the same, with `|` between them, and what they mean.
#[rustfmt::skip]
pub(super) const TABLE: &[(&str, Meaning)] = &[
    ("customer|account|client|company|customer's|acct", Nothing),
    ("been|having|there|here|not|no|never|yet|still|already|currently|right now|now|at moment|at present|exactly|actually|really|just|also|too|please|pls|kindly|thanks|thank|hi|hello|hey|ok|so|well", Nothing),
    ("tell|show|give|find|see|check|look up|remind|let|need to know|want to know|quick|quickly|any|some|all|both|of ours|lately|recently|again|today|in total|as of today", Nothing),
    ("what|which|whats|what about|how about", Asks(Any)),
    ("who|whom|whose", Asks(Person)), ("when|what day|which day|what date|since when|until when|by when|how long|how old|how soon|how long ago", Asks(Day)),
    ("how many|how much|number of|count of|how high|how big|how large", Asks(Amount)), ("how", Overview),
    ("and|or|but|then|plus|,|&|as well as", And), ("-|of|for|with|on|at|to|in|from|by|about|into|regarding|concerning|as|per", Of),
    ("before|after|ahead of|prior to|during|until|till|since|because of|despite|without|around", Beside),
    ("week|next week|month|next month|quarter|next quarter|year|next year|half|next half|soon|shortly|in january|in february|in march|in april|in may|in june|in july|in august|in september|in october|in november|in december|week or next|in q1|in q2|in q3|in q4|in h1|in h2", Time),
    // Contracts.
    ("renew|renews|renewing|renewed|expire|expires|expiring|expired|run out|runs out|running out|lapse|lapses|lapsed|contract end|contract ends|contract end date|end date|contract expiry|expiry|expiry date|renewal date|renewal day|date of renewal|contract up|up for renewal|due for renewal|contract renew|contract renews|contract expire|contract expires|contract run out|contract runs out|overdue|renewal overdue|subscription end|subscription ends|next renewal", Facts(Day, &["contract.renewal_date"])),
    ("days until renewal|days to renewal|days till renewal|days until renew|days until renews|days before renewal|days left|time left|days left on contract|weeks until renewal", Facts(Amount, &["contract.days_to_renewal"])),
    ("how long until renewal|how long till renewal|how long until renew|how long until renews|until renewal|until renew|until renews", Facts(Day, &["contract.days_to_renewal"])),
    ("renewal", Either(Task::Renewal, Day, &["contract.renewal_date"])), ("contract|agreement terms|contract terms|terms", Either(Task::Renewal, Any, CONTRACT)),
    ("auto renew|auto renews|auto-renew|auto-renews|auto-renewing|auto-renewal|auto renewal|autorenew|automatic renewal|renew automatically|renews automatically|automatically renew|automatically renews|renew by itself|renews by itself|renew by themselves|renew itself|renew on own|renews on own|renewal automatic", Facts(Any, &["contract.auto_renew"])),
    ("notice|notice period|notice deadline|notice date|notice day|give notice|to give notice|last day to give notice|deadline to give notice|deadline for notice|cancellation deadline|cancellation date|cancellation notice|deadline to cancel|deadline for cancelling|last day to cancel|last date to cancel|cancel by|cancel contract|cancel at latest", Facts(Day, &["contract.notice_by"])),
    ("arr|acv|annual recurring revenue|recurring revenue|annual revenue|yearly revenue|annual value|yearly value|contract value|yearly contract value|annual contract value|worth|revenue|pay|pays|paying|pay year|pay per year|pay annually|pay yearly|spend|spend year|spend per year|spending", Facts(Amount, &["contract.arr"])),
    ("arr change|change of arr|change in arr|arr grow|arr grown|arr fall|arr fallen|arr drop|arr dropped|arr gone up|arr gone down|arr changed|arr go up|arr go down|contract value change|contract value changed", Facts(Amount, &["contract.arr_change", "contract.arr"])),
    ("pay per seat|pay seat|arr per seat|price per seat|revenue per seat|seat price|pay per user|price per user|cost per seat", Facts(Amount, &["contract.arr_per_seat"])),
    ("currency|what currency|which currency", Facts(Any, &["contract.currency"])),
    ("plan|plan on|edition|package|pricing plan|subscription plan|tier of plan", Facts(Any, &["contract.plan"])),
    ("seats|seat|licences|licence|licenses|license|seats buy|seats bought|licences buy|licences bought|licenses bought|buy|bought|purchased|seat count", Facts(Amount, &["contract.seats"])),
    ("seats used|seats in use|seats use|used seats|seat usage|seat use|seat utilisation|seat utilization|licence usage|license usage|licences used|licenses used|licences in use|seats taken|seats filled|seats active|use all seats|use all licences|share of seats", Facts(Amount, &["usage.per_seat", "contract.seats"])),
    ("contracts|number of contracts", Facts(Amount, &["contract.count"])),
    // People.
    ("contact|main contact|primary contact|contact person|point of contact|contact name|poc|name of contact|talk to there", Facts(Person, &["contact.primary", "contact.role"])),
    ("email address|e-mail address|mail address|contact email|contact's email|contact email address|email of contact|contact mail|reach contact|address of contact", Facts(Any, &["contact.email", "contact.primary"])),
    ("role|job title|role of contact|contact role|contact's role|title of contact", Facts(Any, &["contact.role", "contact.primary"])),
    ("owner|account owner|owns|own|owned|csm|account manager|customer success manager|manages|looks after|responsible|in charge|in charge of|responsible for", Facts(Person, &["customer.owner"])),
    // The customer.
    ("industry|sector|vertical|line of business", Facts(Any, &["customer.industry"])), ("segment|customer segment|tier", Facts(Any, &["customer.segment"])),
    ("status|customer status|churned|left|gone|still customer|still client|still with|active customer|customer still|still active customer", Facts(Any, &["customer.status", "customer.since"])),
    ("since when customer|customer since|been customer|been client|been with|join|joined|become customer|became customer|sign up|signed up|start with|started with|customer for|been customers|been on board|onboarded", Facts(Day, &["customer.since"])),
    // Support.
    ("open tickets|tickets|ticket|support tickets|open support tickets|tickets open|support cases|open cases|open issues|ticket count|tickets outstanding|outstanding tickets", Facts(Amount, &["tickets.open"])),
    ("which tickets open|which tickets|which open tickets|what tickets|what tickets open|what open tickets|list of open tickets|list tickets|list open tickets|what tickets about", OpenTickets),
    ("urgent tickets|urgent ticket|open urgent tickets|urgent open tickets|urgent tickets open|urgent issues|urgent cases|p1 tickets|critical tickets", Facts(Amount, &["tickets.urgent", "tickets.open"])),
    ("high priority tickets|high-priority tickets|high-priority ticket|high priority ticket", Facts(Amount, &["tickets.high"])),
    ("oldest ticket|oldest open ticket|oldest case|age of oldest ticket", Facts(Day, &["tickets.oldest_days", "tickets.open"])),
    ("time to solve|resolution time|time to resolution|take to solve|take to solve tickets|take to resolve tickets|take to solve ticket|take to close tickets|median time to solve", Facts(Day, &["tickets.time_to_solve"])),
    ("recurring|recurring problem|recurring issue|recurring subject|problem comes back|keeps coming back|same problem again", Facts(Any, &["tickets.recurring"])),
    ("open|closed|fixed|solved|resolved|done|close|pending|state|state of|status of|waiting", TicketState), ("been open|been waiting", TicketState),
    // Usage.
    ("usage|use|using|use product|using product|adoption|activity|logins|engagement|usage trend|trend|trend of usage|usage change|usage changed|usage go|usage going|usage doing|usage fall|usage fallen|usage drop|usage dropped|usage dropping|usage falling|usage down|usage up|usage rise|usage rising|usage grow|usage growing|usage grown|usage declining|usage increasing|usage stable|usage steady|usage moving|usage looking|adoption going|adoption growing|adoption falling|going up|going down|up or down|going up or down", Facts(Any, &["usage.trend", "usage.change"])),
    ("usage now|current usage|latest usage|active users|active users now|weekly active users|daily active users|monthly active users|much usage|much use|users active|usage right now|usage today", Facts(Amount, &["usage.now", "usage.trend"])),
    ("last use|last used|last use product|last used product|last log in|last logged in|last login|last active|last activity|last seen|last day of use|most recent use|last time used|last time logged in", Facts(Day, &["usage.last_seen", "usage.days_since_last_use"])),
    ("stop using|stopped using|stop using product|stopped using product|still using|still using product|still use|still use product|silent|gone silent|quiet|gone quiet|went quiet|inactive|dormant|idle|still active|usage stopped|usage stop|silence|using at all|use at all|not using|not using product|no longer using|no longer use", Facts(Day, &["usage.silent", "usage.last_seen"])),
    // What they say of themselves, and what was done.
    ("nps|csat|nps score|csat score|nps rating|satisfaction|satisfaction score|survey|last survey|latest survey|survey answer|survey response|latest nps|latest csat|latest csat score|latest nps score|last nps|last csat|happy|satisfied|unhappy|pleased|content|glad|feedback score|happy with", Facts(Any, &["satisfaction.latest"])),
    ("last touch|last touched|last talk|last talk about|last talked|last talked about|last speak|last speak about|last spoke|last spoke about|last contact|last contacted|last call|last meeting|last met|last meet|last discuss|last discussed|last conversation|last conversation about|last email|last time talked|last time spoke|last time met|last in touch|last in contact|talk to last|speak to last|talk last|last catch up|last interaction", Facts(Day, &["activity.last_touch", "activity.talked_about", "activity.agreed"])),
    ("agree|agreed|agree on|agreed on|agreement|last agree|last agreed|agree last|agreements|agreed to|agree to|agreed last", Facts(Any, &["activity.agreed"])),
    ("next follow-up|next follow up|follow-up due|next followup|follow up due|promise|promised|owe|next promised|next step promised", Facts(Day, &["activity.next_follow_up", "activity.open_follow_ups"])),
    ("follow-ups|follow ups|open follow-ups|follow-ups open|open follow ups|followups", Facts(Amount, &["activity.open_follow_ups", "activity.next_follow_up"])),
    // Health and tasks.
    ("score|health score|points|health points", Facts(Amount, &["health.score", "health.risk"])), ("risk level|risk band|level of risk|how risky", Facts(Any, &["health.risk", "health.score"])),
    ("health|health check|healthcheck|check-up|healthy|unhealthy|wellbeing", Meaning::Task(Task::Health)),
    ("renewal brief|renewal prep|renewal preparation|renewal talk|renewal call|renewal meeting|extension|negotiate|negotiation", Meaning::Task(Task::Renewal)),
    ("qbr|qbrs|business review|quarterly review|quarterly business review|ebr|executive review|executive business review|deck|slides|agenda|outline", Meaning::Task(Task::Qbr)),
    ("churn|churn risk|churn review|churning|attrition|leave|leaving|going to leave|going to churn|lose|losing|quit|quitting|defect|retention|retain|risk|risks|biggest risk|biggest risks|main risk|main risks|red flag|red flags|danger|endangered|worried|worry|concerned|concern|concerns|make leave|why may leave", Meaning::Task(Task::Churn)),
    ("at risk|in danger|in trouble|safe", Modified(Task::Churn)),
    ("email|emails|e-mail|mail|message|letter|note|check-in|check in|checkin|touch base|reach out|outreach|reply|follow-up|follow up|followup", Meaning::Task(Task::Email)),
    ("write|draft|compose|send|drafting|writing|prepare draft|make|create|generate|build|produce|run", Write),
    ("should|prepare|prep|preparing|prepare for|ready|brief|next step|next steps|what to|next|need|what should|focus|focus on|worry about|attention|improve|bring up|actions|action|call|meeting|tomorrow|bring-up", Advice),
    ("review|assess|analyse|analyze|what know|what know about|doing|how going|going|going on|happening|how's|hows|how things|things|summary|summarise|summarize|overview|situation|picture|story|state of things|lowdown|rundown|update|update on|news on|latest|performing|standing|briefing|everything|anything|expect|gonna make|fine|alright|okay|good|bad|badly|poorly|struggling", Overview),
    ("why|how come|what behind|reason|reasons", Why),
];
