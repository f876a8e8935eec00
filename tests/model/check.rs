//! Trying a server out.

use std::process::Command;

use contracts::{OwnerId, TaskId, planner::PlanSource};
use cs_copilot::chat::{Model, key::Key};
use serde_json::{Value, json};

use crate::{
    requests::assert_described,
    scripted::{ScriptedModel, reply::Reply},
    support::{KEY, World, answer},
};

/// What trying the world's server shows, and whether it is as wanted.
async fn tried(world: &World) -> Vec<(bool, &'static str)> {
    let model = Model::new(world.config.clone(), Key::given(Some(KEY.into())), world.home());
    let abilities = model.try_out(OwnerId::public(), world.backend.today()).await.unwrap().unwrap();
    abilities.lines().iter().map(|&(_, can, means)| (can, means)).collect()
}

#[tokio::test]
async fn one_tiny_request_shows_what_a_server_can_do() {
    let world = World::new([Reply::answer(&json!({"ok": true}))]).await;
    let all = ["keeps to a schema", "takes tools", "answers word by word", "counts tokens"];
    assert_eq!(tried(&world).await, all.map(|means| (true, means)));
    let sent = &world.model.requests()[0].body;
    assert_described(sent);
    assert!(sent.to_string().len() < 1_500 && !sent.to_string().contains("Acme"), "{sent:#}");
    let left = world.budget().left(&OwnerId::public(), world.backend.today()).unwrap();
    assert_eq!(left, world.config.daily_tokens - 150, "what it read and wrote counts");
}

#[tokio::test]
async fn what_it_refuses_is_said_and_remembered_and_found_out_anew_the_next_time() {
    let refuses = |body: &Value| ["tools", "response_format"].into_iter().find(|part| body.get(part).is_some());
    let mut is_updated = false;
    let model = ScriptedModel::answering(move |body| {
        let is_trial = body.to_string().contains("being tried out");
        match refuses(body) {
            Some(part) if !is_updated => Reply::error(400, &format!("{part} is not supported")),
            _ if !is_trial => {
                is_updated = true;
                Reply::answer(&answer())
            }
            _ => Reply::whole("Yes!"),
        }
    });
    let world = World::with(model.await).await;
    let poor = [
        (false, "takes no schema: the prompt has it, and it did not keep to that now"),
        (false, "takes no tools: it answers from what it is given"),
        (false, "answers all at once"),
        (true, "counts tokens"),
    ];
    assert_eq!(tried(&world).await, poor);
    assert_eq!(world.model.requests().len(), 3);
    assert_eq!(world.run(TaskId::HEALTH).await.result.plan_source, PlanSource::Llm);
    assert_eq!(world.model.requests().len(), 4, "the run knows");
    assert_eq!(tried(&world).await[1], (true, "takes tools"));
    world.run(TaskId::HEALTH).await;
    assert!(world.model.requests().last().unwrap().body.get("tools").is_some(), "it is asked in full again");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_and_set_key_print_a_line_each() {
    let model = ScriptedModel::start([Reply::answer(&json!({"ok": true}))]).await;
    let home = tempfile::tempdir().unwrap();
    let program = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
        command.args(args).args(["--llm-url", &model.base_url()]).env_clear().env("HOME", home.path());
        command
    };
    let told = String::from_utf8(program(&["doctor"]).output().unwrap().stdout).unwrap();
    for line in [
        "✓ model           gpt-5-mini at http://127.0.0.1",
        "✓ model schema    keeps to a schema",
        "✓ model tools     takes tools",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    let mut set_key = program(&["config", "set-key"]);
    let key = home.path().join("key");
    std::fs::write(&key, KEY).unwrap();
    let told = set_key.stdin(std::fs::File::open(key).unwrap()).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("is kept in") && told.ends_with("✓ answers word by word\n✓ counts tokens\n"), "{told}");
    assert_eq!(model.requests().last().unwrap().headers["authorization"], format!("Bearer {KEY}"));
}
