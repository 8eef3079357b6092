//! Who agrees with whom, how far that is known, and what makes it so.
//!
//! # Which measure
//!
//! | question | measure | not where |
//! |---|---|---|
//! | how much do two agree | [`Measure::Agreement`](pairs::measure::Measure), [`S`](pairs::measure::Measure) on −1 to 1 | all agree on nearly everything: see what chance gives |
//! | more than their habits would give | `Kappa`, `Pi`, weighted ones by distance, `ExcessS` | one of the two hardly varies: near 0 whatever they share |
//! | do they order issues alike | `TauB` | distance matters, or there are but two levels |
//! | as others count roll calls | `Agree2`, `Agree3` | absence is a position |
//! | do many raters agree | [`alpha`](raters::alpha) with gaps in the data, Gwet's AC1 ([`reliability`](raters::reliability)) where nearly all is one category | Conger and Fleiss where raters miss many units |
//! | do the members of a group vote alike | [`cohesion`]: Rice without abstentions, Hix, Noury and Roland with them | groups differ much in size: small ones come out higher by chance |
//! | do answers on one scale stand together | [`consensus`]: van der Eijk's A, or Tastle and Wierman's where there are few | categories have no order |
//! | how split into camps is a scale | Esteban and Ray, Reynal-Querol ([`consensus`]) | camps are not given: [`polarisation`](networks::polarisation) finds them |
//! | who says alike, however often | [`congruence`](networks::congruence), between actors and concepts [`two_mode`](networks::two_mode) | who says little and much are compared: take `Agreement`, or a cosine |
//! | whom should a voter choose | [`advice`] | the two are of equal standing |
//! | who stands together | [`ties`](networks::ties): tree, camps, backbone; [`plane`](networks::plane) for a map | most pairs have no score |
//! | what do anonymous groups leave open | bounds of [`agreement`](fn@agreement), [`completions`] for all others | |
//! | what does coding alone move | [`recoding`](pairs::recoding) | coders share an error: it does not show |
//!
//! Every one is null where it is undefined, with the number of issues that it rests on.

pub mod advice;
pub mod cohesion;
pub mod cohesion_tally;
pub mod completions;
pub mod consensus;
mod corpus;
pub mod kernel;
pub mod networks;
pub mod pairs;
pub mod raters;
mod stored;
pub mod table;

pub use corpus::{
    Agreement, AgreementOptions, AgreementRow, Contribution, Influence, Key, Leading, LeadingIssue, Names, Naming,
    PairSums, Position, agreement, agreement_with, explain, influence, leading, naming, positions,
};

pub use crate::group::Silence;
