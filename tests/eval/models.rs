//! Models that are good or bad in one way each, over the demo book: a bad one fails the evaluation, the good one passes.

use std::io::{self, Write as _};

use serde_json::{Value, json};

use crate::{
    command::{Account, Ended},
    scripted::{
        ScriptedModel,
        reply::{Call, Reply},
    },
};

const LINES: &str = include_str!("../../evals/lines.txt");
const HELD_OUT: &str = include_str!("../../evals/held_out/lines.txt");

/// How a model is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Model {
    Good,
    Opposite,
    AnotherTicketsState,
    Events,
    Canned,
    Nonsense,
    Phishing,
    ForeignCalls,
    Nothing,
    WrongTask,
    AnotherTongue,
    /// What statements say, as lines of its own.
    Retelling,
    /// Cites what is needed, and every statement that there is.
    Everything,
    /// Cites only what matters least.
    Irrelevant,
    /// Cites what is needed, with advice that says nothing.
    EmptyAdvice,
}

const BAD: [Model; 14] = [
    Model::Opposite,
    Model::AnotherTicketsState,
    Model::Events,
    Model::Canned,
    Model::Nonsense,
    Model::Phishing,
    Model::ForeignCalls,
    Model::Nothing,
    Model::WrongTask,
    Model::AnotherTongue,
    Model::Retelling,
    Model::Everything,
    Model::Irrelevant,
    Model::EmptyAdvice,
];

/// What a request says of the customer.
struct Told {
    wants_email: bool,
    wants_outline: bool,
    statements: Vec<Value>,
    is_first: bool,
}

impl Told {
    fn of(body: &Value) -> Self {
        let messages = body["messages"].as_array().unwrap();
        let text = messages[1]["content"].as_str().unwrap();
        let (words, data) = text.split_once("\n{").unwrap();
        let data: Value = serde_json::from_str(&format!("{{{data}")).unwrap();
        Self {
            wants_email: words.contains("with an email"),
            wants_outline: words.contains("with an outline"),
            statements: data["statements"].as_array().unwrap().clone(),
            is_first: messages.len() == 2,
        }
    }

    fn says(&self, id: &str) -> Option<&str> {
        let of = self.statements.iter().find(|statement| statement["id"] == id);
        of.and_then(|statement| statement["says"].as_str())
    }

    /// The first of these that is known, as a list of one.
    fn any(&self, ids: &[&str], for_customer: bool) -> Vec<String> {
        let may_be = |statement: &&Value| {
            let is_known = statement["state"].is_null();
            is_known && (!for_customer || statement["forCustomer"] == true)
        };
        let known = |id: &&&str| self.statements.iter().filter(may_be).any(|statement| statement["id"] == **id);
        ids.iter().find(known).map(|id| (*id).to_owned()).into_iter().collect()
    }
}

/// The lines of a kind; those that are not, where the trend decides which are the opposite.
fn lines(set: &'static str, kind: &str) -> Vec<&'static str> {
    set.lines().filter_map(|line| line.split_once('|')).filter(|(of, _)| *of == kind).map(|(_, line)| line).collect()
}

/// A line of the customer's own, so that no two have the same: with its contact.
fn of_its_own(told: &Told, line: &str) -> String {
    let contact = told.says("contact.primary").and_then(|says| says.split(" is ").nth(1)).unwrap_or("the team");
    format!("{line} That is a question for {contact}.")
}

fn reply(model: Model, set: &'static str, body: &Value, place: usize) -> Reply {
    let told = Told::of(body);
    if model == Model::Nothing {
        return Reply::answer(&json!({"points": []}));
    }
    if model == Model::ForeignCalls && told.is_first {
        return Reply::calls([Call::new("delete_customer", &json!({})), Call::new("send_email", &json!({}))]);
    }
    let trend = told.says("usage.trend").unwrap_or_default();
    let kind = match model {
        Model::Opposite if trend.contains("up") => "opposite up",
        Model::Opposite if trend.contains("down") || trend.contains("no use") => "opposite down",
        Model::Events => "events",
        Model::Nonsense => "nonsense",
        Model::AnotherTongue => "tongue",
        _ => "good",
    };
    let of_kind = lines(set, kind);
    let line = |offset: usize| of_kind[(place + offset) % of_kind.len()];
    let say = |offset: usize| match model {
        Model::Canned => Some(lines(set, "good")[offset % 3].to_owned()),
        Model::Retelling => told
            .statements
            .iter()
            .filter_map(|one| one["says"].as_str())
            .nth(offset)
            .map(|says| says.chars().filter(|c| c.is_alphabetic() || *c == ' ').collect()),
        Model::Everything | Model::Irrelevant | Model::EmptyAdvice => None,
        Model::Good | Model::Phishing | Model::ForeignCalls | Model::WrongTask => {
            (offset == 0).then(|| of_its_own(&told, line(offset)))
        }
        Model::AnotherTicketsState => told.says("t1").map(|ticket| {
            let title: String = ticket.split('“').nth(1).unwrap_or_default().split('”').next().unwrap().to_owned();
            let has = if ticket.contains("closed on") { "is still open and unresolved" } else { "was closed" };
            format!("{} {has}.", title.chars().filter(|c| c.is_alphabetic() || *c == ' ').collect::<String>())
        }),
        _ => Some(line(offset).to_owned()),
    };
    let point = |cite: Vec<String>, say: Option<String>| json!({"cite": cite, "say": say});
    let usage = told.any(&["usage.change", "usage.trend", "usage.now"], false);
    let points = vec![
        point(told.any(&["health.score", "health.risk", "health.usage_trend"], false), say(0)),
        point(usage.clone(), say(1)),
        point(told.any(&["tickets.open"], false), say(2)),
        point(told.any(&["contract.renewal_date", "contract.days_to_renewal"], false), None),
        point(told.any(&["contract.arr"], false), None),
    ];
    let points = match model {
        Model::WrongTask => vec![point(told.any(&["contract.seats"], false), None)],
        Model::Irrelevant => {
            vec![point(told.any(&["customer.industry", "customer.segment", "contract.currency"], false), None)]
        }
        Model::Everything => {
            let ids: Vec<_> = told.statements.iter().filter_map(|one| Some(one["id"].as_str()?.to_owned())).collect();
            points.into_iter().chain(ids.chunks(4).map(|ids| point(ids.to_vec(), None))).collect()
        }
        _ => points,
    };
    let because = if usage.is_empty() { told.any(&["health.risk", "health.usage_trend"], false) } else { usage };
    let actions = match because.is_empty() {
        true => json!([]),
        false if model == Model::EmptyAdvice => json!([{"do": "Take action and follow up.", "because": because}]),
        false => json!([{"do": of_its_own(&told, "Call them on Tuesday."), "because": because}]),
    };
    let for_customer = |ids: &[&str]| told.any(ids, true);
    let opening = match model {
        Model::Phishing => Some(lines(set, "phishing")[place % lines(set, "phishing").len()].to_owned()),
        Model::Good | Model::ForeignCalls => Some(of_its_own(&told, "I am writing about the next steps.")),
        _ => None,
    };
    let cite = [for_customer(&["contract.renewal_date", "contract.plan"]), for_customer(&["usage.trend"])].concat();
    let email = told.wants_email.then(|| json!({"cite": cite, "opening": opening, "ask": null}));
    let outline = told.wants_outline.then(|| {
        json!([
            {"section": "usage", "cite": for_customer(&["usage.trend", "usage.now"]), "say": opening.filter(|_| model == Model::Phishing)},
            {"section": "support", "cite": for_customer(&["tickets.open"]), "say": null},
            {"section": "contract", "cite": for_customer(&["contract.renewal_date", "contract.plan"]), "say": null},
        ])
    });
    let (email, outline) = if model == Model::WrongTask { (None, None) } else { (email, outline) };
    Reply::answer(&json!({"points": points, "actions": actions, "email": email, "outline": outline}))
}

async fn judged(model: Model, set: &'static str) -> Ended {
    let account = Account::new();
    let mut place = 0;
    let scripted = ScriptedModel::answering(move |body| {
        place += 1;
        reply(model, set, body, place)
    });
    account.eval_by(&scripted.await, &["--customers", "acme,hooli,initech,umbrella,wayne", "--tasks", "health,renewal"])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_good_model_passes_and_every_bad_one_fails() {
    let good = judged(Model::Good, LINES).await;
    assert_eq!(good.code, Some(0), "{}", good.stdout);
    let mut passed = Vec::new();
    for model in BAD {
        let ended = judged(model, LINES).await;
        passed.extend((ended.code != Some(3)).then(|| format!("{model:?}: {}", ended.stdout)));
    }
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_what_is_held_out_it_is_told_how_many_fail() {
    let mut failed = Vec::new();
    for model in [Model::Good, Model::Opposite, Model::Events, Model::Nonsense, Model::Phishing, Model::AnotherTongue] {
        let ended = judged(model, HELD_OUT).await;
        assert!(ended.stdout.contains("What the model wrote:"), "{model:?}: {}", ended.stdout);
        failed.extend((ended.code != Some(0)).then(|| format!("{model:?}")));
    }
    // Written past the test harness, which hides what a test that passes prints.
    writeln!(io::stderr(), "models, held out: of 5 bad ones and a good one fail: {}", failed.join(", ")).unwrap();
}
