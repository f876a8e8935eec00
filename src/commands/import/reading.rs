//! From paths to an import: by a preset, or by what the files say themselves.

use std::path::PathBuf;

use contracts::{Line, SourceName, book::BookQuery, reading::Knowledge};

use super::{
    MANY_BYTES,
    asking::{self, Answer},
    spinner,
};
use crate::{
    cli::ImportArgs,
    commands::{Context, progress},
    config::Directories,
    sources::{
        canonical::Import,
        day::Day,
        folder::Folder,
        links::Customer,
        prepare::{Choices, Given, Stop, needs_book, prepare},
        problem::Problems,
        saved::Saved,
        spoken_of,
        table::{Table, open},
    },
};

/// What came of the paths.
pub(super) enum Reading {
    /// An import.
    Done(Box<Read>),
    /// Something has to be said first.
    Refused(String),
}

/// An import, and whose it is.
pub(super) struct Read {
    pub(super) import: Import,
    pub(super) source: SourceName,
    pub(super) day: Day,
    /// What to remember of the source when all went well, and where.
    pub(super) remember: Option<(PathBuf, Saved)>,
}

/// The source of demo customers, whom no row of one's own is of.
const DEMO: &str = "demo";

/// Facts that demo customers have, whose source tells them from others.
const TELLING: &str = "customer.industry,customer.segment,contract.renewal_date";

/// Reads everything, and asks what has to be asked.
pub(super) async fn read(context: &Context, args: &ImportArgs) -> anyhow::Result<Reading> {
    match &args.preset {
        Some(preset) => by_preset(context, args, preset).await,
        None => by_itself(context, args).await,
    }
}

async fn by_preset(context: &Context, args: &ImportArgs, preset: &str) -> anyhow::Result<Reading> {
    let [dir] = args.paths.as_slice() else {
        return Ok(Reading::Refused(
            "nothing was imported: a preset reads the files of one folder: name that alone".to_owned(),
        ));
    };
    let folder = Folder::open(dir, preset)?;
    let source = args.source.clone().map_or_else(|| folder.source(), Ok)?;
    let day = context.as_of.map_or_else(|| folder.day(context.backend.today()), Day::said);
    let currency = currency(context, args, &source);
    let bar = progress(folder.bytes() >= MANY_BYTES, "Reading {msg} {wide_bar} {bytes} of {total_bytes}");
    let import = folder.read(day.day, currency, &bar).await;
    bar.finish_and_clear();
    let import = import?;
    Ok(Reading::Done(Box::new(Read { import, source, day, remember: None })))
}

async fn by_itself(context: &Context, args: &ImportArgs) -> anyhow::Result<Reading> {
    let source = args.source.clone().unwrap_or_else(|| "files".parse().expect("letters make a source name"));
    let file = folder(context).map(|folder| Saved::file(&folder, &source));
    let saved = file.as_deref().map(Saved::load).transpose()?.unwrap_or_default();
    let opened = open(&args.paths)?;
    let spoken_of = || spoken_of::day(&args.paths, &opened.with_tables, context.backend.today());
    let day = context.as_of.map_or_else(spoken_of, Day::said);
    let mut choices = Choices {
        maps: args.maps.clone(),
        dates: args.dates,
        decimals: args.decimals,
        priorities: args.priorities,
        currency: currency(context, args, &source),
        accepts_names: args.match_names,
        is_confirmed: args.yes || args.dry_run,
    };
    let book = if needs_book(&opened, &saved, &choices).map_err(Problems::from)? {
        customers(context).await?
    } else {
        Vec::new()
    };
    let given = Given { opened: &opened, day: day.day, saved: &saved, book: &book };
    let bytes = opened.tables.iter().map(Table::bytes).sum();
    loop {
        let bar = spinner(bytes);
        let prepared = prepare(given, &choices);
        bar.finish_and_clear();
        match prepared {
            Ok(mut ready) => {
                // What was shown and confirmed on the screen is not shown again.
                ready.import.notes.mapping.take_if(|_| !args.yes && !args.dry_run);
                let remember = file.filter(|_| ready.saved != saved).map(|file| (file, ready.saved));
                return Ok(Reading::Done(Box::new(Read { import: ready.import, source, day, remember })));
            }
            Err(Stop::Problems(problems)) => return Err(problems.into()),
            Err(Stop::Question(question)) => match asking::answer(&question)? {
                Answer::Given(choice) => choices.take(choice),
                Answer::Nobody => return Ok(Reading::Refused(format!("nothing was imported: {question}"))),
                Answer::Stopped => return Ok(Reading::Refused("nothing was imported".to_owned())),
            },
        }
    }
}

/// The currency of amounts without one: as said now, else as configured.
fn currency(context: &Context, args: &ImportArgs, source: &SourceName) -> Option<Line> {
    let configured = || context.config.sources.get(source).and_then(|source| source.currency.clone());
    args.currency.clone().or_else(configured).map(Line::from)
}

/// The directory of the configuration.
fn folder(context: &Context) -> Option<PathBuf> {
    let beside = context.config.file.as_deref().and_then(|file| file.parent()).map(ToOwned::to_owned);
    beside.or_else(|| Directories::of_this_account().map(|directories| directories.config))
}

/// The customers that are in the book, without those of the demo.
async fn customers(context: &Context) -> anyhow::Result<Vec<Customer>> {
    let query = BookQuery { facts: Some(TELLING.to_owned()), ..BookQuery::default() };
    let page = context.backend.whole_book(&query).await?;
    let is_demo = |knowledge: &Knowledge<_>| match knowledge {
        Knowledge::Known { source, .. } | Knowledge::Stale { source, .. } => source.origin.as_str() == DEMO,
        Knowledge::Missing => false,
    };
    let own = page.customers.into_iter().filter(|row| !row.facts.iter().any(|fact| is_demo(&fact.knowledge)));
    let customer = |id, name: Line| Customer { id, name: name.to_string(), domains: Vec::new(), other_ids: Vec::new() };
    Ok(own.map(|row| customer(row.id, row.name)).collect())
}
