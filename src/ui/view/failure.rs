//! A failure as a card: what happened, what to do, and where it was for whoever has to find it.

use contracts::failure::{Failure, Stage};
use ratatui::text::Line;

use super::Look;
use crate::{app::Origin, ui::text::wrap};

/// The card; `way_on` says which key goes on from here.
pub(super) fn card(failure: &Failure, way_on: &str, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let mut paragraph = |text: &str, style| {
        lines.extend(
            wrap(text, width.saturating_sub(1), 0).into_iter().map(|line| Line::styled(format!(" {line}"), style)),
        );
    };
    paragraph(&format!("✗ {}", failure.message), look.theme.error);
    paragraph("", look.theme.text);
    paragraph(&look.model.fill(way_on), look.theme.accent);
    paragraph(&look.model.fill(remedy(failure, &look.model.settings.origin)), look.theme.text);
    paragraph("", look.theme.text);
    paragraph(&provenance(failure), look.theme.dim);
    lines
}

/// Where it failed, in few words: `store · UNAVAILABLE`.
pub(super) fn place(failure: &Failure) -> String {
    match failure.code {
        Some(code) => format!("{} · {}", failure.stage.as_str(), code.as_str()),
        None => failure.stage.as_str().to_owned(),
    }
}

/// Where it failed, at which attempt, and the id that finds it in the server's log.
pub(super) fn provenance(failure: &Failure) -> String {
    let mut text = place(failure);
    if failure.attempt > 1 {
        text += &format!(" · attempt {}", failure.attempt);
    }
    if let Some(id) = &failure.request_id {
        text += &format!(" · request {id}");
    }
    text
}

fn remedy(failure: &Failure, origin: &Origin) -> &'static str {
    match (failure.stage, origin) {
        (Stage::Connect, Origin::Server(_)) => "Check the address and that the tools server is running.",
        (Stage::Connect | Stage::Sign, Origin::Embedded) => {
            "Check that the data directory can be written; cs-copilot doctor says more."
        }
        (Stage::Auth, Origin::Server(_)) => "If it stays so, press {sign-in} to sign in.",
        (Stage::Sign | Stage::Auth | Stage::Replay, _) => {
            "The server did not accept the call; cs-copilot doctor checks the clock and the server."
        }
        (Stage::RateLimit, _) => "The server is busy; wait a moment.",
        (Stage::Timeout, _) => "The server took too long; it may be busy.",
        (Stage::Validate, _) => "The server refused the request; client and server may be of different versions.",
        (Stage::Http | Stage::Schema, _) => "What answered is not a tools server of this version; check the address.",
        (Stage::Store | Stage::Tool, _) if failure.request_id.is_some() => {
            "The server's log has the details under the request id below."
        }
        (Stage::Model, _) => "The rules answer without it; cs-copilot doctor checks [llm].",
        (Stage::Store | Stage::Tool, _) => "cs-copilot doctor says more, and the log has the details.",
    }
}
