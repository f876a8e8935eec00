//! A long run that ends while the user looks elsewhere.

use std::time::Duration;

use contracts::run::{RunEvent, RunEventKind};
use cs_copilot::{
    app::{Effect, Message},
    ui::title,
};

use crate::support::{App, data};

fn ends(after: u64, is_away: bool) -> Vec<Effect> {
    let mut app = App::open();
    let request = app.start('h');
    if is_away {
        app.tell(Message::Unfocused);
    }
    app.now += Duration::from_secs(after);
    let kind = RunEventKind::Finished { result: Box::new(data::result(&request)) };
    app.tell(Message::Run(RunEvent { run_id: request.run_id, at_ms: 9.0, kind }))
}

#[test]
fn only_a_long_run_that_ends_out_of_sight_is_told() {
    assert!(matches!(ends(30, true)[..], [Effect::Notify(_)]));
    assert!(ends(30, false).is_empty());
    assert!(ends(3, true).is_empty());
}

#[test]
fn the_title_says_what_is_under_way() {
    let mut app = App::open();
    assert_eq!(title(&app.model), "cs-copilot");
    app.start('h');
    assert_eq!(title(&app.model), "cs-copilot · 1 running");
    app.keys("*e");
    assert_eq!(title(&app.model), "cs-copilot · 0 of 5");
}
