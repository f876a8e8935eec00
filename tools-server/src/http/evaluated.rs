//! What is known of a whole book as of a day: kept, or made and kept for the next who asks.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{CustomerId, OwnerId, outcome::Progress, session::CallerKind};
use domain::facts::Fact;
use futures::{StreamExt, TryStreamExt, stream};

use super::{
    Service,
    apart::beside,
    customers::read,
    timings::{Part, Timings},
};
use crate::{
    book,
    columns::{BUCKETS, Bucket, bucket_of, kept_facts},
    store::{ROWS_AT_ONCE, StoreError},
};

/// So many customers are evaluated in one request, and the rest in the next ones: no request takes long, and whoever waits
/// is told how far it is.
const AT_ONCE: usize = 5_000;

/// So many portions of a book are under way at once: the database reads some while others are worked on.
pub(super) const READ_AHEAD: usize = 2;

/// How much of a book is evaluated.
pub(super) enum Evaluated {
    /// All of it.
    Whole(Vec<Bucket>),
    /// A part, which is kept.
    Partly(Progress),
}

/// These facts of the owner's customers.
pub(super) async fn evaluated(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    facts: &[&'static Fact],
    as_of: NaiveDate,
) -> Result<Evaluated, StoreError> {
    let mut buckets = timings.db(service.store.columns(owner, facts, as_of)).await?;
    let is_kept = |number: &u32| buckets.iter().any(|bucket| bucket.number == *number);
    let mut missing: BTreeMap<_, _> = (0..BUCKETS).filter(|number| !is_kept(number)).map(|n| (n, Vec::new())).collect();
    if missing.is_empty() {
        return Ok(Evaluated::Whole(buckets));
    }
    let everybody = timings.db(service.store.customers(owner, None, u32::MAX)).await?.customers;
    let (of, mut ahead) = (everybody.len(), 0);
    for customer in everybody {
        if let Some(members) = missing.get_mut(&bucket_of(&customer)) {
            members.push(customer);
            ahead += 1;
        }
    }
    // Guests of a server for many write nothing, not even what only saves time.
    let mut keeps = service.settings.writable(CallerKind::Guest) || *owner != OwnerId::public();
    let with_periods = facts.iter().any(|fact| fact.is_of_period());
    let mut portions = portions(missing);
    loop {
        let later = if keeps { portions.split_off(at_once(&portions)) } else { Vec::new() };
        let made = portions.into_iter().map(|portion| made(service, timings, owner, portion, as_of, with_periods));
        let mut made = stream::iter(made).buffered(READ_AHEAD);
        while let Some((made, revision)) = made.try_next().await? {
            keeps = keeps && kept(service, timings, owner, revision, &made, as_of).await;
            ahead -= made.iter().map(|bucket| bucket.members.len()).sum::<usize>();
            buckets.extend(made.into_iter().map(|bucket| bucket.only(facts)));
        }
        if later.is_empty() {
            return Ok(Evaluated::Whole(buckets));
        }
        if keeps {
            return Ok(Evaluated::Partly(Progress { done: count(of - ahead), of: count(of) }));
        }
        portions = later;
    }
}

/// Buckets that are made and kept together, with their customers.
type Portion = (Vec<u32>, Vec<CustomerId>);

/// How many of the portions one request makes.
fn at_once(portions: &[Portion]) -> usize {
    let together = portions.iter().scan(0, |customers, (_, members)| {
        *customers += members.len();
        Some(*customers)
    });
    portions.len().min(1 + together.take_while(|customers| *customers < AT_ONCE).count())
}

/// All of the buckets, some customers at a time.
fn portions(missing: BTreeMap<u32, Vec<CustomerId>>) -> Vec<Portion> {
    let mut portions: Vec<Portion> = Vec::new();
    for (number, members) in missing {
        match portions.last_mut().filter(|(_, some)| some.len() + members.len() <= ROWS_AT_ONCE) {
            Some((numbers, some)) => {
                numbers.push(number);
                some.extend(members);
            }
            None => portions.push((vec![number], members)),
        }
    }
    portions
}

/// These buckets, made of the rows of their members; with the revision of the book where all were read in one.
async fn made(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    (numbers, members): Portion,
    as_of: NaiveDate,
    with_periods: bool,
) -> Result<(Vec<Bucket>, Option<u64>), StoreError> {
    let (mut cases, mut revisions) = (Vec::new(), Vec::new());
    let mut rest = members.as_slice();
    while !rest.is_empty() {
        let (known, read) = timings.db(read(service, owner, rest, as_of, with_periods)).await?;
        rest = &rest[read..];
        revisions.push(known.revision);
        let of_some = move || book::entries(known, as_of).into_iter().map(|entry| entry.case).collect::<Vec<_>>();
        cases.extend(timings.wait(Part::Tool, beside(of_some)).await);
    }
    if members.is_empty() {
        revisions.push(timings.db(service.store.revision(owner)).await?);
    }
    let evaluate = move || Bucket::of(&numbers, &cases, &kept_facts(with_periods));
    let buckets = timings.wait(Part::Tool, beside(evaluate)).await;
    revisions.dedup();
    Ok((buckets, revisions.first().copied().filter(|_| revisions.len() == 1)))
}

/// Keeps the buckets; says whether that went well. Where it did not, they are made again by whoever asks next.
async fn kept(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    revision: Option<u64>,
    buckets: &[Bucket],
    as_of: NaiveDate,
) -> bool {
    let Some(revision) = revision else { return false };
    let kept = timings.db(service.store.keep_columns(owner, revision, as_of, buckets)).await;
    kept.unwrap_or_else(|error| {
        tracing::warn!(%error, "what is known of the book could not be kept");
        false
    })
}

fn count(customers: usize) -> u32 {
    u32::try_from(customers).unwrap_or(u32::MAX)
}
