//! Whatever happens, in whatever order, the screen holds together.

use std::{collections::HashSet, time::Duration};

use contracts::{
    RunId,
    book::BookRevision,
    planner::PlanSource,
    run::{RunEvent, RunEventKind, ToolOutcome},
    tools::ToolName,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    agent::RunRequest,
    app::{AttemptId, CopyOutcome, CopyWhat, Effect, Message, SignInEvent, SignInStep, ThemeName, View},
    auth::Prompt,
};
use proptest::prelude::*;

use crate::{
    evals,
    support::{App, data, draw},
};

/// Something that happens; numbers choose among the runs started so far, also among those that are over.
#[derive(Debug, Clone)]
enum Step {
    Key(KeyCode, bool),
    Paste(String),
    Ask(&'static str),
    BookLoaded(usize),
    BookFailed,
    BookChecked(Option<u64>),
    Focused,
    RunEvent { run: usize, kind: usize, index: usize },
    RunLost(usize),
    Copied,
    SignIn { attempt: usize, kind: usize },
    ModelFound(bool),
    Evals(usize),
    ThemeFound,
    Wait(u64),
    Draw(u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    let letters = "jkgG/shrbce12345[]y.aeqmjtRLE?:pidHTBPVouxZDfJKzv*nN+-w xé日";
    let letter = prop::sample::select(letters.chars().collect::<Vec<_>>()).prop_map(KeyCode::Char);
    let questions = [
        "how is acme doing?",
        "draft the renewal email",
        "who is most at risk?",
        "a poem about the sea",
        "how is hooli?",
    ];
    let named = prop::sample::select(vec![
        KeyCode::Esc,
        KeyCode::Enter,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::PageDown,
        KeyCode::PageUp,
        KeyCode::End,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Down,
    ]);
    prop_oneof![
        20 => letter.prop_map(|code| Step::Key(code, false)),
        8 => named.prop_map(|code| Step::Key(code, false)),
        1 => prop::sample::select(vec!['d', 'u', 'w']).prop_map(|c| Step::Key(KeyCode::Char(c), true)),
        1 => ".{0,8}".prop_map(Step::Paste),
        4 => prop::sample::select(questions.to_vec()).prop_map(Step::Ask),
        1 => (0_usize..6).prop_map(Step::BookLoaded),
        1 => Just(Step::BookFailed),
        2 => prop::option::of(0_u64..3).prop_map(Step::BookChecked),
        1 => Just(Step::Focused),
        16 => (0_usize..8, 0_usize..10, 0_usize..4).prop_map(|(run, kind, index)| Step::RunEvent { run, kind, index }),
        1 => (0_usize..8).prop_map(Step::RunLost),
        1 => Just(Step::Copied),
        4 => (0_usize..3, 0_usize..4).prop_map(|(attempt, kind)| Step::SignIn { attempt, kind }),
        1 => any::<bool>().prop_map(Step::ModelFound),
        6 => (0_usize..6).prop_map(Step::Evals),
        1 => Just(Step::ThemeFound),
        3 => (0_u64..5000).prop_map(Step::Wait),
        4 => (1_u16..140, 1_u16..50).prop_map(|(width, height)| Step::Draw(width, height)),
    ]
}

fn event(kind: usize, index: usize, request: &RunRequest) -> RunEventKind {
    let result = Box::new(data::result(request));
    match kind {
        0 => data::planned(request, &[ToolName::GetCustomerUsage, ToolName::CalculateHealth]),
        1 => RunEventKind::ToolStarted { index },
        2 => RunEventKind::ToolFinished { index, outcome: ToolOutcome::Answered, timing: data::timing(5.0) },
        3 => RunEventKind::Patch { result },
        4 => RunEventKind::Finished { result },
        5 => RunEventKind::Failed { failure: data::failure(), result },
        6 => RunEventKind::Extended { tools: vec![ToolName::GetContractInfo] },
        7 => RunEventKind::ModelStarted { turn: index },
        8 => RunEventKind::ModelFinished {
            turn: index,
            took: data::turn(),
            failure: (index > 1).then(data::turn_failure),
        },
        _ => RunEventKind::Writing { blocks: data::points() },
    }
}

fn sign_in_event(kind: usize) -> SignInEvent {
    let code = Some("WDJB-MJHT".into());
    match kind {
        0 => SignInEvent::Prompted(Prompt { address: "https://x".to_owned(), code, lives: Duration::from_secs(9) }),
        1 => SignInEvent::Granted,
        2 => SignInEvent::Kept { name: "alice".into(), place: "a file".to_owned() },
        _ => SignInEvent::Failed("No.".to_owned()),
    }
}

fn evals_message(kind: usize) -> Message {
    let sessions = || vec![evals::session("eval-2", PlanSource::Llm), evals::session("eval-1", PlanSource::Llm)];
    let (newer, older, customer) = (evals::id("eval-2"), evals::id("eval-1"), data::book()[0].id.clone());
    match kind {
        0 => Message::EvalsLoaded(Ok(sessions())),
        1 => Message::EvalsLoaded(Err(data::failure())),
        2 => Message::EvalResultsLoaded(newer, Ok(evals::results())),
        3 => Message::EvalResultsLoaded(older, Ok(Vec::new())),
        4 => Message::EvalStepsLoaded(newer, customer, Ok(evals::results())),
        _ => Message::EvalStepsLoaded(older, customer, Err(data::failure())),
    }
}

fn take(app: &mut App, step: Step, started: &[RunRequest], attempts: &[AttemptId]) -> Vec<Effect> {
    match step {
        Step::Key(code, false) => app.press(code),
        Step::Key(code, true) => app.key(KeyEvent::new(code, KeyModifiers::CONTROL)),
        Step::Ask(question) => {
            let keys = std::iter::once('a').chain(question.chars()).map(KeyCode::Char).chain([KeyCode::Enter]);
            keys.flat_map(|code| app.press(code)).collect()
        }
        Step::Paste(text) => app.paste(&text),
        Step::BookLoaded(rows) => {
            let rows = data::book().into_iter().take(rows).collect();
            app.tell(Message::BookLoaded(Ok(data::page(rows))))
        }
        Step::BookFailed => app.tell(Message::BookLoaded(Err(data::failure()))),
        Step::BookChecked(revision) => {
            let found = revision.map(|revision| BookRevision { revision, as_of: data::today() });
            app.tell(Message::BookChecked(found.ok_or_else(data::failure)))
        }
        Step::Focused => app.tell(Message::Focused),
        Step::RunEvent { run, kind, index } => {
            let Some(request) = started.get(run) else { return Vec::new() };
            let kind = event(kind, index, request);
            app.tell(Message::Run(RunEvent { run_id: request.run_id.clone(), at_ms: 7.0, kind }))
        }
        Step::RunLost(run) => {
            started.get(run).map(|request| app.tell(Message::RunLost(request.run_id.clone()))).unwrap_or_default()
        }
        Step::Copied => app.tell(Message::Copied { what: CopyWhat::Json, chars: 1, outcome: CopyOutcome::Sent }),
        Step::SignIn { attempt, kind } => attempts
            .get(attempt)
            .map(|attempt| app.tell(Message::SignIn(*attempt, sign_in_event(kind))))
            .unwrap_or_default(),
        Step::ModelFound(is_there) => app.tell(Message::ModelFound(is_there.then(|| "gpt-5-mini".into()))),
        Step::Evals(kind) => app.tell(evals_message(kind)),
        Step::ThemeFound => app.tell(Message::ThemeFound(ThemeName::Light)),
        Step::Wait(millis) => {
            app.now += Duration::from_millis(millis);
            app.tell(Message::Tick)
        }
        Step::Draw(width, height) => {
            draw::frame(app, width, height);
            Vec::new()
        }
    }
}

fn check(app: &App, ids: &HashSet<RunId>) {
    let model = &app.model;
    let book = &model.book;
    assert!(book.len() <= book.total());
    assert_eq!(book.is_empty(), book.selected().is_none(), "some customer is selected whenever there is one");
    let distinct: HashSet<_> = (0..book.len()).map(|place| &book.row(place).unwrap().id).collect();
    assert_eq!(distinct.len(), book.len(), "no customer is listed twice");
    let today = &model.today;
    assert_eq!(today.rows().is_empty(), today.selected().is_none(), "some row is selected whenever there is one");
    assert!(model.runs.in_flight() <= ids.len());
    if let (Some((customer, topic)), Some(result)) = (model.place(), model.result()) {
        let asked = &model.run().unwrap().asked;
        assert_eq!((&result.customer_id, &asked.topic()), (customer, topic), "an answer stands where it belongs");
        let words = asked.question.as_ref().map(|question| question.text.clone());
        assert_eq!((&result.task, &result.question), (&asked.task, &words), "no question has the answer to another");
        assert!(model.tab().is_some_and(|tab| tab.has_content(result)));
    }
    if let Some(run) = model.run() {
        assert!(run.rows.is_empty() || model.row < run.rows.len());
        assert!(run.writing.is_none() || run.is_running(), "nobody writes once the run is over");
    }
    if let View::Choose(choice) = &model.view {
        assert!(choice.at < choice.candidates.len());
    }
    assert!(model.report.as_ref().is_none_or(|report| report.at < report.answer.rows.len().max(1)));
    if let View::Evals(evals) = &model.view {
        assert!(evals.is_empty() || evals.session().is_some(), "some evaluation is shown whenever there is one");
        assert!(evals.opened.is_none() || evals.result().is_some(), "what is open is one of the results");
    }
    let signs_in = match model.view.sign_in().map(|sign_in| &sign_in.step) {
        Some(SignInStep::Starting | SignInStep::Keeping) => true,
        Some(SignInStep::Waiting { until, .. }) => *until > app.now,
        Some(SignInStep::Failed(_)) | None => false,
    };
    let is_quiet = model.runs.in_flight() == 0 && model.toast.is_none() && !signs_in;
    let is_loading = *book.state() == cs_copilot::app::BookState::Loading
        || model.view.evals().is_some_and(|evals| evals.is_loading())
        || model.view.sheet().is_some_and(|sheet| sheet.is_loading());
    assert_eq!(model.next_wake(app.now).is_none(), is_quiet && !is_loading);
    assert!(model.toast.as_ref().is_none_or(|toast| toast.until > app.now), "no message outstays its time");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_events_leaves_a_sound_screen(steps in prop::collection::vec(step(), 0..80)) {
        let mut app = App::on_a_server();
        app.tell(Message::AttentionLoaded(Ok(crate::today::page())));
        let (mut started, mut attempts) = (Vec::new(), Vec::new());
        let mut given_up = HashSet::new();
        let mut ids = HashSet::new();
        for step in steps {
            for effect in take(&mut app, step, &started, &attempts) {
                match effect {
                    Effect::StartRun(request) => {
                        prop_assert!(ids.insert(request.run_id.clone()), "a run id is used once");
                        started.push(request);
                    }
                    Effect::CancelRun(id) => prop_assert!(ids.contains(&id), "only what was started is cancelled"),
                    Effect::SignIn(attempt) => {
                        given_up.extend(attempts.iter().copied());
                        prop_assert!(!given_up.contains(&attempt), "an attempt is made once");
                        attempts.push(attempt);
                    }
                    Effect::CancelSignIn => given_up.extend(attempts.iter().copied()),
                    Effect::KeepSignIn(attempt) => prop_assert!(!given_up.contains(&attempt), "nobody signs in late"),
                    Effect::LoadBook { .. }
                    | Effect::SetItem { .. }
                    | Effect::CheckBook | Effect::LoadPortfolio { .. }
                    | Effect::FindModel | Effect::UseModel(_)
                    | Effect::LoadEvals
                    | Effect::LoadEvalResults(_)
                    | Effect::LoadEvalSteps { .. }
                    | Effect::LoadTimeline { .. }
                    | Effect::LoadChanges { .. }
                    | Effect::CountVisit
                    | Effect::KeepActivity(_) | Effect::RemoveActivity(_)
                    | Effect::AskQuery(..)
                    | Effect::KeepConversation(_)
                    | Effect::Edit(_)
                    | Effect::CompletePath(_)
                    | Effect::Import(_)
                    | Effect::Copy { .. }
                    | Effect::Write { .. }
                    | Effect::OpenMail { .. }
                    | Effect::Repaint | Effect::Draw | Effect::Mouse(_) | Effect::Notify(_)
                    | Effect::Suspend
                    | Effect::LoadTask { .. }
                    | Effect::TrustTask(_)
                    | Effect::Quit => {}
                }
            }
            check(&app, &ids);
        }
        draw::frame(&mut app, 80, 24);
    }
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Something that happens without a key.
fn any_message(dice: &mut Dice, runs: usize) -> Step {
    let run = dice.below(runs.max(1));
    match dice.below(10) {
        0 => Step::BookLoaded(dice.below(6)),
        1 => Step::BookFailed,
        2 => Step::BookChecked(Some(dice.below(3) as u64)),
        3 => Step::Focused,
        4 => Step::RunLost(run),
        5 => Step::Copied,
        6 => Step::ModelFound(dice.below(2) == 0),
        7 => Step::Evals(dice.below(6)),
        8 => Step::Wait(dice.below(5000) as u64),
        _ => Step::RunEvent { run, kind: dice.below(10), index: dice.below(4) },
    }
}

#[test]
fn a_hundred_thousand_keys_of_a_cat_and_messages_between_them_leave_a_sound_screen() {
    const SIZES: [(u16, u16); 5] = [(60, 15), (80, 24), (120, 40), (250, 70), (30, 8)];
    let mut app = App::on_a_server();
    app.tell(Message::AttentionLoaded(Ok(crate::today::page())));
    let named =
        [KeyCode::Esc, KeyCode::Enter, KeyCode::Tab, KeyCode::Backspace, KeyCode::Up, KeyCode::Down, KeyCode::End];
    let (mut dice, mut ids, mut started) = (Dice(0x5eed), HashSet::new(), Vec::new());
    for at in 0..100_000 {
        if dice.below(8) == 0 {
            let message = any_message(&mut dice, started.len());
            for effect in take(&mut app, message, &started, &[]) {
                if let Effect::StartRun(request) = effect {
                    ids.insert(request.run_id.clone());
                    started.push(request);
                }
            }
        }
        let code = match dice.below(97 + named.len()) {
            letter @ 0..95 => KeyCode::Char(char::from(b' ' + letter as u8)),
            95 => KeyCode::Char('é'),
            96 => KeyCode::Char('日'),
            other => named[other - 97],
        };
        let control = dice.below(16) == 0 && code != KeyCode::Char('c');
        let modifiers = if control { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
        app.now += Duration::from_millis(40);
        for effect in app.key(KeyEvent::new(code, modifiers)) {
            match effect {
                Effect::StartRun(request) => {
                    ids.insert(request.run_id.clone());
                    // Some stay under way, and are told of by messages.
                    let kind = dice.below(6);
                    if kind > 3 {
                        app.event(&request.run_id, 7.0, event(kind, 0, &request));
                    }
                    started.push(request);
                }
                Effect::LoadBook { .. } => drop(app.tell(Message::BookLoaded(Ok(data::page(data::book()))))),
                Effect::LoadEvals => drop(app.tell(evals_message(0))),
                Effect::LoadEvalResults(_) => drop(app.tell(evals_message(2))),
                Effect::SignIn(attempt) => drop(app.tell(Message::SignIn(attempt, sign_in_event(3)))),
                _ => {}
            }
        }
        if at % 500 == 0 {
            let (width, height) = SIZES[at / 500 % SIZES.len()];
            draw::frame(&mut app, width, height);
            check(&app, &ids);
        }
    }
}
