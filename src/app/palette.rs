//! Everything there is to do, to find and to set, in one list that typing shortens.

use std::cmp::Reverse;

use contracts::{CustomerId, Line, book::BookSort};
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};
use tui_input::{Input, InputRequest};

use super::{Action, Model, Setting, ThemeName, View, ask::edit_line};
use crate::config::Planner;

/// So many customers at most are among what is found.
const CUSTOMERS: usize = 50;

/// What hands type that come from other programs, and what they mean by it.
const HABITS: [(&[&str], Action); 6] = [
    (&["q", "q!", "qa", "qa!", "wq", "wqa", "x", "exit", "close"], Action::Quit),
    (&["h", "man", "keys"], Action::Help),
    (&["e", "e!", "edit", "refresh"], Action::Reload),
    (&["w", "write", "save"], Action::Out),
    (&["copy"], Action::Yank),
    (&["b", "ls", "buffers", "customers"], Action::ShowBook),
];

/// What lies over the screen while it is open.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What was on the screen before.
    pub below: Box<View>,
    line: Input,
    found: Vec<Entry>,
    /// The entry under the cursor.
    pub at: usize,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it leads to.
    pub leads: Leads,
    /// What it is called.
    pub name: String,
    /// What it does.
    pub says: String,
    /// The key that does the same; none where there is none.
    pub key: Option<String>,
}

/// What a row leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// This is done.
    Do(Action),
    /// The cursor goes to this customer.
    To(CustomerId),
    /// This is asked.
    Ask(Line),
    /// The help, where it has these words.
    Help(Line),
}

impl Entry {
    /// Whether it is one of a setting's values.
    fn is_value(&self) -> bool {
        matches!(self.leads, Leads::Do(Action::Set(_)))
    }
}

impl Palette {
    /// Everything, over what is on the screen.
    pub(super) fn over(below: View, model: &Model) -> Self {
        let mut palette = Self { below: Box::new(below), line: Input::default(), found: Vec::new(), at: 0 };
        palette.find(model);
        palette
    }

    /// The line's text and cursor.
    pub fn line(&self) -> &Input {
        &self.line
    }

    /// What fits the line, the best first; what asks it is the last.
    pub fn found(&self) -> &[Entry] {
        &self.found
    }

    /// Changes the line, and finds what fits it.
    pub(super) fn edit(&mut self, requests: impl IntoIterator<Item = InputRequest>, model: &Model) {
        requests.into_iter().for_each(|request| edit_line(&mut self.line, request));
        self.find(model);
    }

    fn find(&mut self, model: &Model) {
        let typed = Line::new(self.line.value());
        self.found = help(typed.as_str()).into_iter().chain(fitting(typed.as_str(), model)).collect();
        let asks = (!typed.is_empty()).then(|| Entry {
            name: "ask".to_owned(),
            says: typed.to_string(),
            key: None,
            leads: Leads::Ask(typed),
        });
        self.found.extend(asks);
        self.at = 0;
    }
}

/// `help renewal` looks for the one word among the keys and signs.
fn help(typed: &str) -> Option<Entry> {
    let (name, words) = typed.split_once(' ')?;
    let is_help =
        name == "help" || HABITS.iter().any(|(names, action)| *action == Action::Help && names.contains(&name));
    (is_help && !words.contains(' ')).then(|| Entry {
        leads: Leads::Help(Line::new(words)),
        name: "help".to_owned(),
        says: format!("“{words}” among the keys and signs"),
        key: None,
    })
}

/// The entries that fit what was typed: what is called so, what begins so, and what has its letters in this order.
fn fitting(typed: &str, model: &Model) -> Vec<Entry> {
    let all = actions(model).chain(settings(model));
    if typed.is_empty() {
        return all.collect();
    }
    let habit = HABITS.iter().find(|(words, _)| words.contains(&typed)).map(|(_, action)| *action);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut letters = Vec::new();
    let fit = |entry: Entry| {
        let text = format!("{} {}", entry.name, entry.says);
        let rank = match &entry {
            entry if habit.is_some_and(|action| entry.leads == Leads::Do(action)) => 3,
            entry if text == typed || entry.name == typed && !entry.is_value() => 2,
            _ => u8::from(text.starts_with(typed)),
        };
        let score = pattern.score(Utf32Str::new(&text, &mut letters), &mut matcher);
        if rank > 1 || score.is_some() { Some(((Reverse((rank, score)), text.len()), entry)) } else { None }
    };
    let mut fitting: Vec<_> = all.chain(customers(typed, model)).filter_map(fit).collect();
    fitting.sort_by_key(|(order, _)| *order);
    fitting.into_iter().map(|(_, entry)| entry).collect()
}

/// Every command of the panes but those that only move, or that the palette itself is.
fn actions(model: &Model) -> impl Iterator<Item = Entry> {
    let is_listed = |action: &Action| {
        !matches!(
            action,
            Action::Down
                | Action::Up
                | Action::PageDown
                | Action::PageUp
                | Action::Top
                | Action::Bottom
                | Action::AnswerDown
                | Action::AnswerUp
                | Action::Escape
                | Action::Palette
                | Action::Interrupt
        )
    };
    let commands = model.commands().iter().filter(|command| command.scope.is_of_panes());
    commands.filter(move |command| is_listed(&command.action)).map(|command| Entry {
        leads: Leads::Do(command.action),
        name: command.name.to_string(),
        says: command.help.to_string(),
        key: command.key(),
    })
}

/// Every value of every setting that holds while the program runs.
fn settings(model: &Model) -> impl Iterator<Item = Entry> {
    let entry = |setting, name: &str, says: String| Entry {
        leads: Leads::Do(Action::Set(setting)),
        name: name.to_owned(),
        says,
        key: None,
    };
    let views = model.settings.views.iter().enumerate();
    let views = views.map(move |(at, (name, query))| entry(Setting::View(at), "view", format!("{name}: {query}")));
    let themes = ThemeName::ALL.map(|theme| entry(Setting::Theme(theme), "theme", theme.as_str().to_owned()));
    let sorts = [BookSort::Risk, BookSort::Renewal, BookSort::Arr, BookSort::Name]
        .map(|sort| entry(Setting::Sort(sort), "sort", super::setting::by(sort).to_owned()));
    let planners = [(Planner::Auto, "auto"), (Planner::Llm, "model"), (Planner::Deterministic, "rules")]
        .map(|(planner, word)| entry(Setting::Planner(planner), "planner", word.to_owned()));
    let mouse =
        [(true, "on"), (false, "off")].map(|(is_on, word)| entry(Setting::Mouse(is_on), "mouse", word.to_owned()));
    let models = model.settings.models.iter().enumerate();
    let models = models.map(move |(at, name)| entry(Setting::Model(at), "model", name.to_string()));
    views.chain(sorts).chain(themes).chain(planners).chain(models).chain(mouse)
}

fn customers(typed: &str, model: &Model) -> impl Iterator<Item = Entry> {
    model.book.named(typed, CUSTOMERS).map(|row| Entry {
        leads: Leads::To(row.id.clone()),
        name: row.name.to_string(),
        says: format!("customer {}", row.id),
        key: None,
    })
}
