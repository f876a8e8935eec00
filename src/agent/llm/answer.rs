//! What the model answers, before anything of it is believed: which statements the program is to write, and lines of its
//! own. Field names are those of the wire.

use contracts::Line;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// The whole answer. The points come first, so that they can be shown while the rest is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelAnswer {
    /// The answer, most important first, in two to six points.
    pub points: Vec<Point>,
    /// What to do, most urgent first, seven at most.
    #[serde(default)]
    pub actions: Vec<Proposal>,
    /// The email to the customer, where the task asks for one.
    #[serde(default)]
    pub email: Option<Letter>,
    /// The points of the QBR outline, where the task asks for one.
    #[serde(default)]
    pub outline: Option<Vec<OutlinePoint>>,
}

/// A point of the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// Ids of the statements that are to stand here. The program writes them.
    #[serde(default, deserialize_with = "none_one_or_many")]
    pub cite: Vec<String>,
    /// What you make of them, in one sentence without digits, numbers from ten up, currencies, names of tickets and
    /// links; null where nothing needs saying.
    #[serde(default)]
    pub say: Option<Line>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proposal {
    /// What to do, in one sentence. Durations, counts, shares and days that you propose may stand in it; no currency.
    pub r#do: Line,
    /// Who does it: a role such as `csm`, `support` or `sponsor`, or a contact of the data; null where it is the reader.
    #[serde(default)]
    pub who: Option<Line>,
    /// By when: a day as YYYY-MM-DD, or the id of a statement that has a day and an offset in days, such as
    /// `contract.renewal_date-30d`; null where no day matters.
    #[serde(default)]
    pub due: Option<String>,
    /// Ids of the statements that it is done because of, one at least.
    #[serde(default, deserialize_with = "none_one_or_many")]
    pub because: Vec<String>,
}

/// The email. Greeting, statements and closing are the program's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Letter {
    /// Ids of statements that are for the customer.
    #[serde(default, deserialize_with = "none_one_or_many")]
    pub cite: Vec<String>,
    /// What comes first, in one or two sentences under the rules of `say`: why you write. Nothing of scores and risks.
    #[serde(default)]
    pub opening: Option<Line>,
    /// What you ask for, in one sentence under the same rules.
    #[serde(default)]
    pub ask: Option<Line>,
}

/// A point of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutlinePoint {
    /// The section.
    pub section: Section,
    /// Ids of statements that are for the customer.
    #[serde(default, deserialize_with = "none_one_or_many")]
    pub cite: Vec<String>,
    /// What to say about them, under the rules of `say`; null where nothing needs saying.
    #[serde(default)]
    pub say: Option<Line>,
}

/// A section of an outline. The program writes its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Section {
    #[serde(alias = "Standing")]
    Standing,
    #[serde(alias = "Usage")]
    Usage,
    #[serde(alias = "Support")]
    Support,
    #[serde(alias = "Contract")]
    Contract,
    #[serde(alias = "Next")]
    Next,
}

impl Section {
    /// Every section, in the order they are presented.
    pub const ALL: [Self; 5] = [Self::Standing, Self::Usage, Self::Support, Self::Contract, Self::Next];

    /// Its heading, as the rules' outline has it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Standing => "Where we stand",
            Self::Usage => "Usage",
            Self::Support => "Support",
            Self::Contract => "Contract and renewal",
            Self::Next => "Next quarter",
        }
    }
}

/// A list, as it should be; or one id, or null, as some models write it.
fn none_one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Ids {
        Many(Vec<String>),
        One(String),
        None(()),
    }
    Ok(match Ids::deserialize(deserializer)? {
        Ids::Many(ids) => ids,
        Ids::One(id) => vec![id],
        Ids::None(()) => Vec::new(),
    })
}
