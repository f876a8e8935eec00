use contracts::{
    failure::Failure,
    run::{CallTiming, ModelTurn, ToolOutcome},
    tools::ToolName,
};

/// How far one call of a run is; times are milliseconds from the run's start.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CallState {
    Waiting,
    Running {
        from_ms: f64,
    },
    Ended {
        from_ms: f64,
        to_ms: f64,
        outcome: ToolOutcome,
        timing: CallTiming,
    },
    /// It was under way when its run ended.
    Stopped {
        from_ms: f64,
        to_ms: f64,
    },
}

/// One call of a run.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Call {
    pub tool: ToolName,
    pub state: CallState,
}

/// How far a turn of the model is; times are milliseconds from the run's start.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TurnState {
    Running {
        from_ms: f64,
    },
    Ended {
        from_ms: f64,
        to_ms: f64,
        took: ModelTurn,
        failure: Option<Failure>,
    },
    /// It was under way when its run ended.
    Stopped {
        from_ms: f64,
        to_ms: f64,
    },
}

/// One turn of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// Which, from 0.
    pub number: usize,
    /// How far it is.
    pub state: TurnState,
}

/// What takes a run's time.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A call of a tool.
    Tool(Call),
    /// A turn of the model.
    Turn(Turn),
}

impl Row {
    /// Nothing of an ended run is under way any more.
    pub(super) fn stop(&mut self, to_ms: f64) {
        match self {
            Self::Tool(Call { state, .. }) => {
                if let CallState::Running { from_ms } = *state {
                    *state = CallState::Stopped { from_ms, to_ms };
                }
            }
            Self::Turn(Turn { state, .. }) => {
                if let TurnState::Running { from_ms } = *state {
                    *state = TurnState::Stopped { from_ms, to_ms };
                }
            }
        }
    }
}
