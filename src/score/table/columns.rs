//! What the columns of a long table are, and what is declared of its values.

use super::{Gap, Scale};

/// Which column is what.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Who.
    pub actor: String,
    /// On what.
    pub issue: String,
    /// The position.
    pub value: String,
    /// The topic of the issue.
    pub topic: Option<String>,
    /// The meeting: the same issue in two meetings is two issues.
    pub meeting: Option<String>,
    /// The weight of the issue.
    pub weight: Option<String>,
    /// How much the actor cares about the issue.
    pub salience: Option<String>,
    /// Further attributes of the issue to group by.
    pub keys: Vec<String>,
}

/// What values mean, as declared by the user.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The scale; a nominal one without levels takes those that occur, sorted.
    pub scale: Scale,
    /// Values that are no positions.
    pub gaps: Vec<Gap>,
}
