//! Where what is said of a cell contradicts itself.

/// What kind of contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// One actor on both sides, with nothing that says which came later.
    BothSides,
    /// One statement names a state and excepts it.
    NamedAndExcepted,
    /// A count below the number of names that come with it.
    CountBelowNames,
    /// No pair of sizes of the two sides can be seated.
    Sizes,
    /// A named state that is no member on the day of the meeting.
    NotMember,
}

impl ConflictKind {
    /// Every kind.
    pub const ALL: [ConflictKind; 5] = [
        ConflictKind::BothSides,
        ConflictKind::NamedAndExcepted,
        ConflictKind::CountBelowNames,
        ConflictKind::Sizes,
        ConflictKind::NotMember,
    ];

    /// `both_sides`, `named_and_excepted`, `count_below_names`, `sizes` or `not_member`.
    pub fn as_str(self) -> &'static str {
        match self {
            ConflictKind::BothSides => "both_sides",
            ConflictKind::NamedAndExcepted => "named_and_excepted",
            ConflictKind::CountBelowNames => "count_below_names",
            ConflictKind::Sizes => "sizes",
            ConflictKind::NotMember => "not_member",
        }
    }
}

/// One contradiction in a cell, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The meeting's id.
    pub meeting: String,
    /// The topic of the cell.
    pub topic: String,
    /// The issue of the cell.
    pub issue: String,
    /// The actor it is about, or the side: `support`, `oppose` or `support, oppose`.
    pub who: String,
    /// What kind.
    pub kind: ConflictKind,
    /// What was done, in words.
    pub done: String,
    /// The ids of the statements it rests on, in their order.
    pub statements: Vec<String>,
}
