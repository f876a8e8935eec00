use chrono::NaiveDate;
use contracts::{
    ErrorCode, Line, OwnerId, TaskId, Text,
    block::{Block, By, Place},
    book::{BookPage, CustomerRow, Standing},
    facts::{Money, Source, Trend},
    failure::{Failure, Stage},
    health::{Contribution, Gap, HealthInput, HealthPart, Risk, ScoreRange, Signal, Why},
    planner::{Action, Decision, Fact, ModelUsage, PlanSource, PlannerResult, TimingInfo, Urgency},
    reading::{Knowledge, Reading, Value},
    run::{CallTiming, ModelTurn, RunEventKind},
    session::CallerKind,
    tools::{EmailDraft, HealthReport, QbrOutline, QbrSection, ToolName},
};
use cs_copilot::{
    agent::RunRequest,
    auth::Account,
    backend::{Identity, SignIn},
};

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub fn guest() -> Identity {
    Identity { owner: OwnerId::public(), kind: CallerKind::Guest, writable: true, sign_in: None }
}

/// Somebody signed in; `ends` is when they have to sign in again.
pub fn user(ends: Option<i64>) -> Identity {
    let account = Account { name: Line::new("alice@example.com"), subject: Some(Line::new("user_alice")) };
    let owner = "user_alice".parse().unwrap();
    Identity { owner, kind: CallerKind::User, writable: true, sign_in: Some(SignIn { account, ends }) }
}

pub fn page(customers: Vec<CustomerRow>) -> BookPage {
    BookPage { total: customers.len() as u32, customers, next: None, as_of: today(), revision: 1 }
}

pub fn customer(id: &str, name: &str, risk: Risk, score: u32, days: i64, arr: i64) -> CustomerRow {
    CustomerRow {
        id: id.parse().unwrap(),
        name: Line::new(name),
        risk,
        score: Some(score),
        coverage: 100,
        standing: Standing::Active,
        stale: Vec::new(),
        trend: Some(Trend::Up),
        spark: vec![3.0, 3.0, 4.0, 5.0, 5.0, 6.0, 8.0, 9.0],
        arr: Some(Money { minor: arr * 100, currency: Line::new("USD") }),
        days_to_renewal: Some(days),
        open_tickets: Some(2),
        facts: facts(name, risk, score, days, arr),
    }
}

/// What the book is read with once a question was asked.
fn facts(name: &str, risk: Risk, score: u32, days: i64, arr: i64) -> Vec<Reading> {
    let known = [
        ("name", Value::Text(name.into())),
        ("risk", Value::Choice(risk.as_str().into())),
        ("score", Value::Count(score.into())),
        ("renewal", Value::Days(days)),
        ("arr", Value::Money(vec![Money { minor: arr * 100, currency: Line::new("USD") }])),
        ("trend", Value::Choice("up".into())),
        ("tickets", Value::Count(2)),
        ("currency", Value::Text("USD".into())),
    ];
    let source = Source { origin: "files".into(), as_of: today() };
    let reading = |short: &str, knowledge| {
        let fact = domain::facts::named(short).unwrap().id.clone();
        Reading { fact, knowledge, says: None }
    };
    let known = known.map(|(short, value)| reading(short, Knowledge::Known { value, source: source.clone() }));
    let missing = ["industry", "segment", "owner", "plan"].map(|short| reading(short, Knowledge::Missing));
    known.into_iter().chain(missing).collect()
}

/// Five customers, in the order of their risk.
pub fn book() -> Vec<CustomerRow> {
    vec![
        customer("c-3", "Initech", Risk::High, 31, -12, 36_000),
        customer("c-1", "Acme Corp", Risk::High, 44, 80, 120_000),
        customer("c-2", "Globex", Risk::Medium, 63, 150, 84_500),
        customer("c-5", "Éclair Systems", Risk::Low, 81, 40, 1_250_000),
        customer("c-4", "Umbrella", Risk::Low, 97, 300, 999),
    ]
}

/// Names that are hard to line up, as they come out of the cleaning every text goes through.
pub fn difficult_book() -> Vec<CustomerRow> {
    let mut unknown = customer("c-9", "Nothing Known", Risk::Unknown, 0, 0, 0);
    (unknown.score, unknown.trend, unknown.arr, unknown.days_to_renewal) = (None, None, None, None);
    unknown.coverage = 0;
    unknown.spark.clear();
    let mut partly = customer("c-4", "חברת הדוגמה בע״מ", Risk::Medium, 60, 100, 12_000);
    partly.coverage = 65;
    vec![
        customer("c-1", "株式会社さくら商事ホールディングス東日本", Risk::High, 12, 5, 9_600_000),
        customer("c-2", "Cafe\u{301} Zu\u{308}rich", Risk::High, 20, 15, 45_000),
        customer("c-3", "شركة المستقبل للتجارة", Risk::Medium, 55, 90, 88_000),
        partly,
        customer("c-5", "👩‍👩‍👧 Family & Söhne 🏳️‍🌈", Risk::Low, 80, 120, 7_000),
        customer("c-6", "\u{1b}[31mRed\u{1b}[0m \u{202e}evil\u{2066} \u{7}bell", Risk::Low, 85, 200, 1),
        customer("c-7", "\u{1b}]52;c;aGk=\u{7}clip\u{200b}board", Risk::Low, 90, 400, 2_000_000_000),
        customer(
            "c-8",
            "A very long name of a customer that goes on and on and on and on without any end",
            Risk::Low,
            91,
            1,
            5,
        ),
        unknown,
    ]
}

pub fn timing(total_ms: f64) -> CallTiming {
    CallTiming {
        client_ms: total_ms * 0.05,
        network_ms: Some(total_ms * 0.4),
        auth_ms: total_ms * 0.05,
        db_ms: total_ms * 0.4,
        tool_ms: total_ms * 0.1,
        total_ms,
    }
}

pub fn failure() -> Failure {
    Failure {
        stage: Stage::Store,
        code: Some(ErrorCode::Unavailable),
        message: Line::new("The server's database did not answer."),
        attempt: 3,
        request_id: Some(Line::new("req-7f3a91")),
    }
}

pub fn planned(request: &RunRequest, tools: &[ToolName]) -> RunEventKind {
    RunEventKind::Planned {
        customer_id: request.customer_id.clone(),
        task: request.task.id.clone(),
        plan_source: PlanSource::Deterministic,
        tools: tools.to_vec(),
    }
}

pub fn health() -> HealthReport {
    let contribution =
        |input: HealthInput, points, adds_bp| Contribution { input, points, weight: input.part().weight(), adds_bp };
    HealthReport {
        model: Line::new("v2"),
        score: Some(44),
        risk: Risk::High,
        coverage: 80,
        range: ScoreRange { low: 35, high: 55 },
        signals: vec![Signal::UsageDown, Signal::FewTickets],
        contributions: vec![
            contribution(HealthInput::Usage(Trend::Down), 0, 0),
            contribution(HealthInput::OpenTickets(2), 80, 4400),
        ],
        last_known: None,
        gaps: vec![Gap { part: HealthPart::DaysToRenewal, why: Why::Missing }],
        as_of: today(),
    }
}

/// An answer with all that the task has.
pub fn result(request: &RunRequest) -> PlannerResult {
    let (customer, task) = (&request.customer_id, request.task.id.clone());
    let source = Source { origin: Line::new("usage.csv"), as_of: today() };
    let action = |text: &str, urgency, because: &str| {
        let (text, because) = (Line::new(text), Line::new(because));
        Action { text, by: By::Program, urgency, who: None, owner: None, due: None, minutes: None, because }
    };
    let email = EmailDraft {
        subject: Line::new("Acme Corp: your renewal on 11 Feb 2027"),
        body: Text::new("Hi Alice,\n\nyour contract renews on 11 Feb 2027. May we talk next week?\n\nKind regards"),
        ..EmailDraft::default()
    };
    let section = |title: &str, point: &str| QbrSection {
        title: Line::new(title),
        talking_points: vec![Line::new(point)],
        statements: Vec::new(),
    };
    let qbr = QbrOutline {
        review: None,
        title: Line::new("Acme Corp: quarterly business review"),
        sections: vec![
            section("Where we stand", "Usage went from 41 to 29 logins a day."),
            section("What is next", "Agree on the plan for the renewal on 11 Feb 2027."),
        ],
    };
    PlannerResult {
        customer_id: customer.clone(),
        task: task.clone(),
        title: request.task.title.clone(),
        question: request.question.clone(),
        as_of: today(),
        revision: Some(1),
        summary: Some(Text::new(
            "Usage is down (41 -> 29 logins a day) and 2 tickets are open. The renewal date is not known.",
        )),
        facts: vec![
            Fact {
                label: Line::new("Change of usage"),
                value: Line::new("logins a day fell from 41 to 29, by 29%"),
                source: source.clone(),
                stale: false,
            },
            Fact { label: Line::new("Open tickets"), value: Line::new("2 tickets"), source, stale: false },
        ],
        health: (task != TaskId::EMAIL).then(health),
        actions: vec![
            action(
                "Call the sponsor about the fall in usage.",
                Urgency::Today,
                "usage trend down: 41 -> 29 logins a day",
            ),
            action("Close the urgent ticket T-17.", Urgency::ThisWeek, "1 urgent ticket open since 2026-10-02"),
        ],
        email_draft: [TaskId::RENEWAL, TaskId::EMAIL].contains(&task).then_some(email),
        qbr_outline: (task == TaskId::QBR).then_some(qbr),
        used_tools: Vec::new(),
        notes: vec![Line::new("There is no contract: the renewal date and the revenue are not known.")],
        blocks: Vec::new(),
        dates: Vec::new(),
        decision_log: Vec::new(),
        plan_source: PlanSource::Deterministic,
        plan_hint: None,
        usage: None,
        timing_info: TimingInfo { planning_ms: 0.1, tool_execution_ms: 59.0, total_ms: 60.0 },
    }
}

/// An answer that a language model made: it chose what the program says, and wrote lines of its own.
pub fn written(request: &RunRequest) -> PlannerResult {
    let decision = |step, tool, reason: &str| Decision { step, tool, reason: Line::new(reason) };
    let mut result = result(request);
    result.actions[0] = Action {
        by: By::Model,
        who: Some(Line::new("Alice Smith")),
        due: NaiveDate::from_ymd_opt(2026, 11, 30),
        ..result.actions[0].clone()
    };
    let blocks = points();
    let summary = blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ");
    PlannerResult {
        summary: Some(Text::new(&summary)),
        blocks,
        notes: vec![Line::new("1 line of the model was left out: a digit or a share.")],
        dates: Vec::new(),
        decision_log: vec![
            decision(1, ToolName::GetCustomerUsage, "Falling usage is the earliest sign of churn."),
            decision(2, ToolName::GetRecentTickets, "Open tickets are where patience runs out."),
        ],
        plan_source: PlanSource::Llm,
        usage: Some(ModelUsage { model: Line::new("gpt-5-mini"), rounds: 1, input_tokens: 1840, output_tokens: 240 }),
        ..result
    }
}

/// What the program says because the model of these tests cites it, and what that model says itself.
pub fn points() -> Vec<Block> {
    vec![
        Block::program(Place::Summary, "Logins a day fell from 41 to 29, by 29%.").citing("usage.change"),
        Block::model(Place::Summary, "The sponsor should hear of it before the renewal."),
        Block::program(Place::Summary, "2 tickets are open.").citing("tickets.open"),
    ]
}

pub fn turn() -> ModelTurn {
    ModelTurn { first_token_ms: Some(420.0), total_ms: 2320.0, input_tokens: Some(1840), output_tokens: Some(240) }
}

pub fn turn_failure() -> Failure {
    let message = Line::new("The model did not answer within 30 s.");
    Failure { stage: Stage::Model, code: None, message, attempt: 2, request_id: None }
}
