//! Conversations as they are kept on this machine.

use chrono::{Days, NaiveDate};
use contracts::OwnerId;
use cs_copilot::conversations::{Conversation, Conversations, Turn};

fn day(offset: u64) -> NaiveDate {
    let first: NaiveDate = "2026-11-23".parse().unwrap();
    first + Days::new(offset)
}

fn conversation(number: usize, on: NaiveDate) -> Conversation {
    let id = format!("run-{number}").parse().unwrap();
    let turn = Turn { asked: "when does it renew?".into(), cited: Vec::new(), said: Vec::new() };
    Conversation { turns: vec![turn], ..Conversation::new(id, "acme".parse().unwrap(), "Acme Corp".into(), on) }
}

fn ids(kept: &Conversations, owner: &OwnerId) -> Vec<String> {
    kept.of(owner).unwrap().iter().map(|conversation| conversation.id.to_string()).collect()
}

#[test]
fn what_rests_for_long_is_forgotten() {
    let home = tempfile::tempdir().unwrap();
    let kept = Conversations::within(home.path());
    let (one, other) = (OwnerId::public(), "user_2".parse().unwrap());
    for number in 0..60 {
        kept.keep(&one, conversation(number, day(0)), day(0)).unwrap();
    }
    assert_eq!((ids(&kept, &one).len(), ids(&kept, &one)[0].as_str()), (50, "run-59"), "the last fifty");
    kept.keep(&one, conversation(20, day(80)), day(80)).unwrap();
    assert_eq!(
        (ids(&kept, &one).len(), ids(&kept, &one)[0].as_str()),
        (50, "run-20"),
        "what goes on is in front, once"
    );
    kept.keep(&other, conversation(1, day(100)), day(100)).unwrap();
    assert_eq!(ids(&kept, &one), ["run-20"], "whoever comes, what rests for more than ninety days goes");
    assert_eq!(ids(&kept, &other), ["run-1"], "each owner's apart");
    assert!(!kept.delete(&other, &"run-20".parse().unwrap()).unwrap());
    assert!(kept.delete(&one, &"run-20".parse().unwrap()).unwrap() && ids(&kept, &one).is_empty());
}
