//! `ask`: a question in plain language, about a customer or about the whole book.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use chrono::NaiveDate;
use contracts::{
    Line,
    book::{BookPage, BookQuery, CustomerRow},
    query::Query,
};

use domain::{
    query,
    question::{
        VOCABULARY,
        customer::{self, Asked},
    },
};

use super::{
    Context, book, conversations, dry_run, not_understood, previewed, print,
    query::found,
    refused,
    run::{document, line, one},
    screen_width, today,
};
use crate::{
    agent::{
        RunRequest,
        book::{self as whole_book, BookAnswer},
        intent::{self, Declined, Intent},
        today as agent_today,
    },
    cli::{AskArgs, RunFormat, TodayArgs, TodayFormat},
    config::Planner,
    conversations::Conversation,
    render,
};

/// Answers the question. The exit code says whether the answer is whole, partial or none, or whether the question was
/// not understood.
pub async fn execute(context: &Context, args: &AskArgs) -> anyhow::Result<ExitCode> {
    if args.conversations {
        return conversations::list(context).await;
    }
    if let Some(id) = &args.delete {
        return conversations::delete(context, id).await;
    }
    let question = Line::new(&args.question.join(" "));
    let followed = match &args.follow {
        Some(id) => Some(conversations::followed(context, id).await?),
        None => None,
    };
    if args.customer.is_none() && agent_today::is_asked(question.as_str()) {
        return the_day(context, args).await;
    }
    let given = match &args.customer {
        Some(wanted) => Some(book::find(&context.backend, wanted, context.as_of).await?),
        None => None,
    };
    let vocabulary: Vec<_> = VOCABULARY.iter().map(|fact| fact.as_str()).collect();
    let query = BookQuery { as_of: context.as_of, facts: Some(vocabulary.join(",")), ..BookQuery::default() };
    let page = context.backend.whole_book(&query).await?;
    let before = followed.as_ref().map(|conversation| &conversation.customer);
    let meant = given.as_ref().map(|row| &row.id).or(before);
    let intent = intent::parse(question.as_str(), &page.customers, meant, page.as_of);
    // Whoever says `--customer` means that one, whatever names the question has in it.
    let (customer, asked) = match (intent, given) {
        (Intent::Declined(Declined::Help), _) => {
            print(&format!("{}\n", Declined::Help.text()))?;
            return Ok(ExitCode::SUCCESS);
        }
        (Intent::Declined(Declined::NotUnderstood(why)), None) => {
            return by_the_model(context, args, &question, &why, page.as_of).await;
        }
        (Intent::Declined(why), None) => return refused(&why.text()),
        // Nobody else is meant, so that every word is of this one.
        (Intent::Declined(_), Some(given)) => (given, customer::asked(question.as_str())),
        (Intent::Book(asked), _) if args.dry_run => {
            let query = query::text(&asked);
            print(&format!("Nothing would be sent to a language model: the book answers this ({query}).\n"))?;
            return Ok(ExitCode::SUCCESS);
        }
        (Intent::Book(asked), _) => {
            let answer = of_the_book(context, &asked, &question).await?;
            print(&rendered(&answer, args.format))?;
            return Ok(ExitCode::SUCCESS);
        }
        (Intent::Customer { asked, .. } | Intent::Choose { asked, .. }, Some(given)) => (given, asked),
        (Intent::NoCustomer { .. }, Some(given)) => (given, customer::asked(question.as_str())),
        (Intent::Customer { customer, asked }, None) => (customer, asked),
        (Intent::Choose { candidates, asked }, None) => match choose(candidates)? {
            Ok(customer) => (customer, asked),
            Err(candidates) => return refused(&undecided(&candidates)),
        },
        (Intent::NoCustomer { wanted, .. }, None) => return refused(&nobody(&page, wanted)),
    };
    run(context, args, question, &customer, asked, followed).await
}

async fn of_the_book(context: &Context, asked: &Query, question: &Line) -> anyhow::Result<BookAnswer> {
    let page = found(context, asked, &[]).await?;
    Ok(whole_book::told(asked, Some(question), &page.outcome, page.customers, page.as_of))
}

/// Has a language model make a query of what the rules do not understand, where one may be asked, and answers that.
async fn by_the_model(
    context: &Context,
    args: &AskArgs,
    question: &Line,
    why: &Line,
    today: NaiveDate,
) -> anyhow::Result<ExitCode> {
    let declined = |why: Line| not_understood(&Declined::NotUnderstood(why).text());
    if !asks_model(context, args).await {
        return declined(why.clone());
    }
    if args.dry_run {
        let preview = context.agent.query_preview(question, today);
        return previewed(preview);
    }
    match context.agent.query(question, today).await {
        (Ok(query), usage) => {
            let answer = of_the_book(context, &query, question).await?.by_the_model(usage.as_ref());
            print(&rendered(&answer, args.format))?;
            Ok(ExitCode::SUCCESS)
        }
        (Err(no_query), _) => declined(Line::new(&format!("{why}, and {no_query}"))),
    }
}

async fn asks_model(context: &Context, args: &AskArgs) -> bool {
    let planner = args.planner.unwrap_or(context.config.models.asked.llm.planner);
    planner != Planner::Deterministic && context.agent.model_name().await.is_some()
}

/// The list of the day answers by itself what to work on.
async fn the_day(context: &Context, args: &AskArgs) -> anyhow::Result<ExitCode> {
    if args.dry_run {
        print("Nothing would be sent to a language model: cs-copilot today answers this.\n")?;
        return Ok(ExitCode::SUCCESS);
    }
    let format = match args.format {
        RunFormat::Text => TodayFormat::Text,
        RunFormat::Markdown => TodayFormat::Markdown,
        RunFormat::Json | RunFormat::Ndjson => TodayFormat::Json,
    };
    today::execute(context, &TodayArgs { time: None, filter: None, format }).await
}

async fn run(
    context: &Context,
    args: &AskArgs,
    question: Line,
    customer: &CustomerRow,
    asked: Asked,
    followed: Option<Conversation>,
) -> anyhow::Result<ExitCode> {
    let planner = args.planner.unwrap_or(context.config.models.asked.llm.planner);
    if let Some(why) = Declined::of(question.as_str(), &asked)
        && !asks_model(context, args).await
    {
        return match why {
            Declined::NotUnderstood(_) => not_understood(&why.text()),
            _ => refused(&why.text()),
        };
    }
    let task = match context.tasks.named(&asked.task) {
        Ok(task) => task.clone(),
        Err(why) => return refused(&why.to_string()),
    };
    let request = RunRequest::new(customer.id.clone(), customer.name.clone(), task, planner, context.as_of)
        .asking(question, asked)
        .following(followed);
    if args.dry_run {
        return dry_run(context, request).await;
    }
    let (code, result) = one::run(context, request.clone(), args.format).await?;
    // The answer is there, and its end says nothing of this.
    if let Err(why) = conversations::keep(context, request, &result).await {
        writeln!(io::stderr(), "cs-copilot: {why:#}")?;
    }
    Ok(code)
}

pub(super) fn rendered(answer: &BookAnswer, format: RunFormat) -> String {
    match format {
        RunFormat::Text => render::book::text(answer, screen_width(&io::stdout())),
        RunFormat::Markdown => render::book::markdown(answer),
        RunFormat::Json => document(answer),
        RunFormat::Ndjson => line(answer),
    }
}

fn nobody(page: &BookPage, wanted: Option<Line>) -> String {
    match wanted {
        _ if page.customers.is_empty() => book::EMPTY_BOOK.to_owned(),
        Some(wanted) => book::NotOne::unknown(&page.customers, wanted.as_str()).to_string(),
        None => "Which customer? Name it in the question, or say --customer ID.".to_owned(),
    }
}

fn undecided(candidates: &[CustomerRow]) -> String {
    let names: String = candidates.iter().map(|row| format!("\n  --customer {:<16} {}", row.id, row.name)).collect();
    format!("Several customers may be meant. Say which one:{names}")
}

/// Asks which one is meant, where somebody is there to ask; else gives the candidates back.
fn choose(candidates: Vec<CustomerRow>) -> anyhow::Result<Result<CustomerRow, Vec<CustomerRow>>> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(Err(candidates));
    }
    let mut ask = io::stderr().lock();
    writeln!(ask, "Which one?")?;
    for (i, row) in candidates.iter().enumerate() {
        writeln!(ask, "  {}  {} ({})", i + 1, row.name, row.id)?;
    }
    write!(ask, "Number: ")?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    let place = typed.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    Ok(place.and_then(|place| candidates.get(place).cloned()).ok_or(candidates))
}
