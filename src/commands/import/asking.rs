//! Questions on a terminal: a list with numbers, or a text.

use std::io::{self, IsTerminal, Write};

use contracts::Line;

use crate::{
    commands::screen_width,
    config::Currency,
    render::wrapped,
    sources::prepare::{Choice, Question},
};

/// What came of a question.
pub(super) enum Answer {
    /// An answer.
    Given(Choice),
    /// Nobody is there to give one.
    Nobody,
    /// Whoever is there stopped.
    Stopped,
}

/// Asks until there is an answer, where somebody is there to give one.
pub(super) fn answer(question: &Question) -> io::Result<Answer> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(Answer::Nobody);
    }
    let choices = question.choices();
    let mut ask = io::stderr().lock();
    writeln!(ask, "{}", wrapped(&question.asked(), screen_width(&ask)))?;
    for (number, (words, _)) in (1..).zip(&choices) {
        writeln!(ask, "  {number}  {words}")?;
    }
    let what = match choices.as_slice() {
        [] => "a currency such as USD",
        [_] => "y for yes",
        _ => "its number",
    };
    loop {
        write!(ask, "({what}, Enter to stop) ")?;
        ask.flush()?;
        let mut typed = String::new();
        io::stdin().read_line(&mut typed)?;
        if typed.trim().is_empty() {
            return Ok(Answer::Stopped);
        }
        if let Some(choice) = chosen(typed.trim(), &choices) {
            return Ok(Answer::Given(choice));
        }
    }
}

/// The answer that was typed: a number of the list, yes where the list is nothing but that, or a currency where there is no
/// list.
fn chosen(typed: &str, choices: &[(String, Choice)]) -> Option<Choice> {
    match choices {
        [] => typed.parse::<Currency>().ok().map(|currency| Choice::Currency(Line::from(currency))),
        [(_, yes)] if ["y", "yes"].contains(&typed.to_lowercase().as_str()) => Some(yes.clone()),
        _ => choices.get(typed.parse::<usize>().ok()?.checked_sub(1)?).map(|(_, choice)| choice.clone()),
    }
}
