//! The overlay of a sign-in: where to go, the code, a QR code where it fits, and the time left.

use qrcode::{Color as Module, EcLevel, QrCode};
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::Line,
    widgets::{Block, Padding, Paragraph},
};

use super::{Look, clear};
use crate::{
    app::{SignIn, SignInStep},
    auth::Prompt,
    ui::text::wrap,
};

/// Columns of words, which a QR code may not take.
const WORDS: u16 = 34;
/// Columns of words, where there is room.
const WIDE: u16 = 64;
/// Light modules around a QR code. The standard asks for four; cameras do with two, and a low screen has no more.
const QUIET: usize = 2;

/// Draws the overlay.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, sign_in: &SignIn) {
    let qr = match &sign_in.step {
        // Without a code the address only works on this machine, where nobody needs a camera.
        SignInStep::Waiting { prompt: Prompt { address, code: Some(_), .. }, .. } => qr(address),
        _ => Vec::new(),
    };
    let (columns, rows) = (qr.first().map_or(0, |row| row.chars().count()) as u16, qr.len() as u16);
    let qr_fits = rows > 0 && columns + WORDS + 5 <= body.width && rows + 2 <= body.height;
    let (qr, columns) = if qr_fits { (qr, columns) } else { (Vec::new(), 0) };
    let words = WIDE.min(body.width.saturating_sub(columns + 5));
    let lines = lines(&sign_in.step, look, usize::from(words));
    let height = (lines.len() as u16).max(qr.len() as u16) + 2;
    let width = words + columns + 4 + u16::from(qr_fits);
    let area = body.centered(Constraint::Length(width), Constraint::Length(height.min(body.height)));
    let block = Block::bordered()
        .border_style(look.theme.border_focused)
        .title_top(Line::styled(" Sign in ", look.theme.title))
        .padding(Padding::horizontal(1));
    let inner = block.inner(area);
    clear(frame, area, look);
    frame.render_widget(block, area);
    let [left, right] = Layout::horizontal([Constraint::Length(columns), Constraint::Length(words)])
        .spacing(u16::from(qr_fits))
        .areas(inner);
    let qr: Vec<_> = qr.into_iter().map(|row| Line::styled(row, look.theme.qr)).collect();
    frame.render_widget(Paragraph::new(qr), left);
    frame.render_widget(Paragraph::new(lines), right);
}

fn lines(step: &SignInStep, look: &Look<'_>, width: usize) -> Vec<Line<'static>> {
    let theme = look.theme;
    let mut lines = Vec::new();
    let mut say = |text: &str, style| {
        lines.extend(wrap(text, width, 0).into_iter().map(|line| Line::styled(line, style)));
    };
    match step {
        SignInStep::Starting => say(&format!("{} Asking the sign-in service…", look.spinner()), theme.accent),
        SignInStep::Keeping => say(&format!("{} Keeping the sign-in…", look.spinner()), theme.accent),
        SignInStep::Failed(why) => {
            say(&format!("✗ {why}"), theme.error);
            say("", theme.text);
            say(&look.model.fill("Press {sign-in} to start again."), theme.accent);
        }
        SignInStep::Waiting { prompt, .. } => {
            let device = if prompt.code.is_some() { "on any device" } else { "on this machine" };
            say(&format!("Open this address in a browser {device}:"), theme.text);
            say("", theme.text);
            say(&prompt.address, theme.accent);
            say("", theme.text);
            if let Some(code) = &prompt.code {
                say("Confirm that it shows the code", theme.text);
                say("", theme.text);
                say(code.as_str(), theme.strong);
                say("", theme.text);
            }
            let left = look.model.sign_in_time_left(look.now).unwrap_or_default().as_secs();
            say(&format!("{}:{:02} left", left / 60, left % 60), theme.dim);
        }
    }
    lines
}

/// The rows of a QR code, two modules a cell; none where the text is too long for one.
fn qr(text: &str) -> Vec<String> {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::L) else { return Vec::new() };
    let width = code.width();
    let is_dark = |x: usize, y: usize| {
        let inside = (QUIET..QUIET + width).contains(&x) && (QUIET..QUIET + width).contains(&y);
        inside && code[(x - QUIET, y - QUIET)] == Module::Dark
    };
    let side = width + 2 * QUIET;
    let cell = |x, y| match (is_dark(x, y), is_dark(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    (0..side).step_by(2).map(|y| (0..side).map(|x| cell(x, y)).collect()).collect()
}
