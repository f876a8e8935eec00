//! A task's answers as files, one a customer.

use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use chrono::{DateTime, Utc};
use contracts::{activity::Activity, book::CustomerRow, failure::Stage, query::Query};
use futures::{StreamExt, stream};

use super::{
    Context, Job,
    all::{self, AT_ONCE, Answer, Tally},
    exit_code, print,
};
use crate::{
    send::{self, Folder, Form, Prepared, Without},
    words,
};

/// What the files are.
pub(super) struct Files<'a> {
    pub job: Job,
    pub form: Form,
    pub folder: &'a Path,
}

/// Writes those of the customers of the query. Emails that should not be sent yet are left out.
pub(super) async fn of_several(context: &Context, files: &Files<'_>, query: &Query) -> anyhow::Result<ExitCode> {
    let customers = all::customers(context, query).await?;
    files.run(context, customers, |hold| Err(Without::Held(hold))).await
}

/// Writes that of a customer whom somebody named: then a draft is written all the same, and it is said why it should wait.
pub(super) async fn of_one(context: &Context, files: &Files<'_>, customer: CustomerRow) -> anyhow::Result<ExitCode> {
    let name = customer.name.clone();
    let tell = |hold| {
        // Nothing is lost where nobody reads it: the mail is a draft.
        let _ = writeln!(io::stderr(), "{name}: written, though it should wait: {hold}");
        Ok(())
    };
    files.run(context, vec![customer], tell).await
}

impl Files<'_> {
    /// Writes them, prints the path of each, and says on stderr who has none, and why. `held` says what becomes of an
    /// email that should not be sent yet.
    async fn run(
        &self,
        context: &Context,
        customers: Vec<CustomerRow>,
        held: impl Fn(String) -> Result<(), Without>,
    ) -> anyhow::Result<ExitCode> {
        let folder = Folder::at(self.folder)?;
        let now = Utc::now();
        let (mut kept, mut tally, mut without) = (Vec::new(), Tally::default(), Vec::new());
        let answers = stream::iter(customers).map(|customer| all::answer(context, &self.job, customer));
        let mut answers = answers.buffered(AT_ONCE);
        while let Some(answer) = answers.next().await {
            tally.count(answer.result.completeness());
            match send::hold(self.form, &answer.result).map_or(Ok(()), &held).and_then(|()| self.document(&answer, now))
            {
                Ok(prepared) => {
                    let path = folder.write(&prepared)?;
                    print(&format!("{}\n", path.display()))?;
                    kept.push(prepared.activity());
                }
                Err(why) => {
                    writeln!(io::stderr(), "{}: {why}", answer.customer.name)?;
                    without.push(why);
                }
            }
            // Where the server has gone, it will not answer for the others either.
            if let Some(failure) = answer.failure.filter(|failure| failure.stage == Stage::Connect) {
                return Err(failure.into());
            }
        }
        let written = kept.len() as u64;
        self.keep(context, kept).await?;
        let held = without.iter().filter(|why| matches!(why, Without::Held(_))).count();
        let (files, without) = (words::count(written, "file"), without.len() - held);
        writeln!(io::stderr(), "{files} written, {held} held, {without} without one")?;
        Ok(exit_code(tally.completeness()))
    }

    /// Keeps what was prepared on the timelines: all at the end, for the book is read anew after a change of it. Guests
    /// have no timeline of their own.
    async fn keep(&self, context: &Context, prepared: Vec<Activity>) -> anyhow::Result<()> {
        if !context.backend.identity().await?.writable {
            return Ok(());
        }
        for activity in prepared {
            if let Err(failure) = context.backend.keep_activity(&activity).await {
                writeln!(io::stderr(), "{}: written, but not on the timeline: {failure}", activity.customer_id)?;
            }
        }
        Ok(())
    }

    fn document(&self, Answer { customer, result, failure }: &Answer, now: DateTime<Utc>) -> Result<Prepared, Without> {
        if let Some(failure) = failure {
            return Err(Without::Answer(failure.to_string()));
        }
        send::file(self.form, customer.name.as_str(), result, now)
    }
}
