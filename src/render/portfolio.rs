//! The portfolio on one page: as Markdown, or as a page that a browser shows and prints. Both are made of the same
//! sections.

use contracts::health::Risk;
use domain::portfolio::{Band, Mover, Named, Portfolio, Total};

use super::{markdown::escaped, timeline::Entry};
use crate::{agent::portfolio::Page, words};

/// A part of the page.
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What it says.
    pub lines: Vec<String>,
    /// Its table; empty where it has none.
    pub table: Table,
}

/// Rows of cells; the first row says what they are.
pub type Table = Vec<Vec<String>>;

/// The heading of the page.
pub fn title(portfolio: &Portfolio) -> String {
    format!("Portfolio on {}", words::date(portfolio.as_of))
}

/// The page, part by part.
pub fn sections(page: &Page) -> Vec<Section> {
    let portfolio = &page.portfolio;
    let section = |title: &str, lines: Vec<String>, table: Table| Section { title: title.to_owned(), lines, table };
    let mut sections = vec![section("Where we stand", standing(page), by_band(portfolio))];
    if !portfolio.groups.is_empty() {
        sections.push(section("By group", Vec::new(), groups(portfolio)));
    }
    sections.push(section("Renewals", overdue(portfolio), renewals(portfolio)));
    sections.push(section("Who moved", moved(portfolio), Vec::new()));
    let named = [
        ("Silent", &portfolio.silent, "no use up to the day their source reaches"),
        ("Stale", &portfolio.stale, "something is too old to speak of as present"),
        ("Gone", &portfolio.gone, "in no source any more, so not counted above"),
    ];
    sections.extend(named.map(|(title, named, why)| section(title, vec![self::named(named, why)], Vec::new())));
    sections.push(section("What is known", Vec::new(), coverage(portfolio)));
    sections
}

fn standing(page: &Page) -> Vec<String> {
    let portfolio = &page.portfolio;
    let mut lines: Vec<String> = page.query.iter().map(|query| format!("Who is on this page: {query}")).collect();
    if page.left_out > 0 {
        let customers = words::count(page.left_out as u64, "customer");
        lines.push(format!("Nobody can tell of {customers}, for something is missing; they are not on it."));
    }
    lines.push(format!("{}, {} a year.", customers(&portfolio.all), arr(&portfolio.all)));
    lines.push(format!(
        "ARR at risk: {} of {}. That is the whole yearly revenue of those at high risk, nothing weighed, each currency by \
         itself; what is not known or too old is not in it.",
        arr(&portfolio.at_risk),
        customers(&portfolio.at_risk)
    ));
    if portfolio.all.without_arr > 0 {
        let without = words::count(portfolio.all.without_arr as u64, "customer");
        lines.push(format!("The revenue of {without} is not known today."));
    }
    if portfolio.churned > 0 {
        lines.push(format!("{} left and are not counted.", words::count(portfolio.churned as u64, "customer")));
    }
    lines
}

fn by_band(portfolio: &Portfolio) -> Table {
    let row = |band: &Band| vec![risk(band.risk), band.total.customers.to_string(), arr(&band.total)];
    [cells(["Risk", "Customers", "ARR"])].into_iter().chain(portfolio.bands.iter().map(row)).collect()
}

fn groups(portfolio: &Portfolio) -> Table {
    let head = cells(["Group", "Customers", "ARR", "At high risk", "ARR at risk", "Silent", "Renew in 90 days"]);
    let rows = portfolio.groups.iter().map(|group| {
        vec![
            group.name.to_string(),
            group.total.customers.to_string(),
            arr(&group.total),
            group.at_risk.customers.to_string(),
            arr(&group.at_risk),
            group.silent.to_string(),
            format!("{} ({})", group.renewing_soon.customers, arr(&group.renewing_soon)),
        ]
    });
    [head].into_iter().chain(rows).collect()
}

fn overdue(portfolio: &Portfolio) -> Vec<String> {
    match portfolio.overdue.customers {
        0 => Vec::new(),
        _ => vec![format!(
            "The renewal date of {} has passed: {} a year.",
            customers(&portfolio.overdue),
            arr(&portfolio.overdue)
        )],
    }
}

fn renewals(portfolio: &Portfolio) -> Table {
    let bands = portfolio.bands.iter().map(|band| risk(band.risk));
    let head: Vec<String> = cells(["Month", "Customers", "ARR"]).into_iter().chain(bands).collect();
    let rows = portfolio.renewals.iter().map(|month| {
        let total = [month.month.format("%b %Y").to_string(), month.total.customers.to_string(), arr(&month.total)];
        let bands = month.bands.iter().map(|band| match band.total.customers {
            0 => "–".to_owned(),
            customers => format!("{customers} ({})", arr(&band.total)),
        });
        total.into_iter().chain(bands).collect()
    });
    [head].into_iter().chain(rows).collect()
}

fn moved(portfolio: &Portfolio) -> Vec<String> {
    let since = words::date(portfolio.movers.since);
    let said = |which: &str, movers: &[Mover]| {
        let movers: Vec<_> = movers.iter().map(mover).collect();
        let movers = if movers.is_empty() { "nobody's".to_owned() } else { movers.join("; ") };
        format!("Scores that {which} most since {since}: {movers}.")
    };
    vec![said("fell", &portfolio.movers.fell), said("rose", &portfolio.movers.rose)]
}

fn mover(mover: &Mover) -> String {
    let points = |bp: u32| words::number((f64::from(bp) / 100.0).round());
    let arr = if mover.arr.is_empty() { String::new() } else { format!(", {}", words::moneys(&mover.arr)) };
    format!("{} ({} to {}{arr})", mover.name, points(mover.from_bp), points(mover.to_bp))
}

fn named(named: &Named, why: &str) -> String {
    if named.total.customers == 0 {
        return "Nobody.".to_owned();
    }
    let more = named.total.customers - named.first.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let names: Vec<_> = named.first.iter().map(|name| name.as_str()).collect();
    format!("{}, {} a year ({why}): {}{more}.", customers(&named.total), arr(&named.total), names.join(", "))
}

fn coverage(portfolio: &Portfolio) -> Table {
    let rows = portfolio
        .coverage
        .iter()
        .map(|of| vec![of.what.to_owned(), of.known.to_string(), of.stale.to_string(), of.missing.to_string()]);
    [cells(["Known of customers", "Known", "Too old", "Missing"])].into_iter().chain(rows).collect()
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn risk(risk: Risk) -> String {
    risk.as_str().to_owned()
}

fn customers(total: &Total) -> String {
    words::count(total.customers as u64, "customer")
}

fn arr(total: &Total) -> String {
    if total.arr.is_empty() { "–".to_owned() } else { words::moneys(&total.arr) }
}

/// The page as Markdown.
pub fn markdown(title: &str, sections: &[Section]) -> String {
    let mut text = format!("# {}\n", escaped(title));
    for Section { title, lines, table } in sections {
        text.push_str(&format!("\n## {}\n", escaped(title)));
        for line in lines {
            text.push_str(&format!("\n{}\n", escaped(line)));
        }
        if let Some((head, rows)) = table.split_first() {
            let row = |cells: &[String]| {
                let cells: Vec<_> = cells.iter().map(|cell| escaped(cell)).collect();
                format!("| {} |\n", cells.join(" | "))
            };
            let rule = vec!["---".to_owned(); head.len()];
            text.push_str(&format!("\n{}| {} |\n", row(head), rule.join(" | ")));
            text.extend(rows.iter().map(|cells| row(cells)));
        }
    }
    text
}

/// The page for the screen: a heading and its lines, one after the other.
pub fn entries(sections: Vec<Section>) -> impl Iterator<Item = Entry> {
    sections.into_iter().map(|Section { title, mut lines, table }| {
        let widths: Vec<usize> = (0..table.first().map_or(0, Vec::len))
            .map(|column| table.iter().map(|row| row[column].chars().count()).max().unwrap_or_default())
            .collect();
        let row = |row: &Vec<String>| {
            let cells: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            cells.join("  ").trim_end().to_owned()
        };
        lines.extend(table.iter().map(row));
        Entry { head: title, lines }
    })
}
