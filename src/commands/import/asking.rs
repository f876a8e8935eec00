//! Questions on a terminal: a list with numbers, or a text.

use std::io::{self, IsTerminal, Write};

use contracts::Line;

use crate::{
    commands::screen_width,
    config::Currency,
    render::wrapped,
    sources::prepare::{Choice, Question},
};

/// The answer to a question; none where nobody is there to give one, or none is given.
pub(super) fn answer(question: &Question) -> io::Result<Option<Choice>> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    let choices = question.choices();
    let mut ask = io::stderr().lock();
    writeln!(ask, "{}", wrapped(&question.asked(), screen_width(&ask)))?;
    for (number, (words, _)) in (1..).zip(&choices) {
        writeln!(ask, "  {number}  {words}")?;
    }
    let what = if choices.is_empty() { "" } else { "number, " };
    write!(ask, "({what}Enter to stop) ")?;
    ask.flush()?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    let typed = typed.trim();
    if let Question::Currency { .. } = question {
        return Ok(typed.parse::<Currency>().ok().map(|currency| Choice::Currency(Line::from(currency))));
    }
    let chosen = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    Ok(chosen.and_then(|at| choices.into_iter().nth(at)).map(|(_, choice)| choice))
}
