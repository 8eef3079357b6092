//! Who agrees with whom, how far that is known, and what makes it so.
//!
//! # Which measure
//!
//! | question | measure | not where |
//! |---|---|---|
//! | how much do two agree | [`Measure::Agreement`](measure::Measure), [`S`](measure::Measure) on −1 to 1 | all agree on nearly everything: see what chance gives |
//! | more than their habits would give | `Kappa`, `Pi`, weighted ones by distance, `ExcessS` | one of the two hardly varies: near 0 whatever they share |
//! | do they order issues alike | `TauB` | distance matters, or there are but two levels |
//! | as others count roll calls | `Agree2`, `Agree3` | absence is a position |
//! | do many raters agree | [`alpha`] with gaps in the data, Gwet's AC1 ([`reliability`]) where nearly all is one category | Conger and Fleiss where raters miss many units |
//! | do the members of a group vote alike | [`cohesion`]: Rice without abstentions, Hix, Noury and Roland with them | groups differ much in size: small ones come out higher by chance |
//! | do answers on one scale stand together | [`consensus`]: van der Eijk's A, or Tastle and Wierman's where there are few | categories have no order |
//! | how split into camps is a scale | Esteban and Ray, Reynal-Querol ([`consensus`]) | camps are not given: [`polarisation`] finds them |
//! | who says alike, however often | [`congruence`], between actors and concepts [`two_mode`] | who says little and much are compared: take `Agreement`, or a cosine |
//! | whom should a voter choose | [`advice`] | the two are of equal standing |
//! | who stands together | [`ties`]: tree, camps, backbone; `plane` for a map | most pairs have no score |
//! | what do anonymous groups leave open | bounds of [`agreement`](fn@agreement), [`completions`] for all others | |
//! | what does coding alone move | [`recoding`] | coders share an error: it does not show |
//!
//! Every one is null where it is undefined, with the number of issues that it rests on.

pub mod advice;
mod agreement;
pub mod alpha;
pub mod bootstrap;
mod bounds;
mod cell_terms;
mod coders;
mod codes;
pub mod cohesion;
pub mod cohesion_tally;
mod coincidences;
pub mod completions;
pub mod congruence;
pub mod consensus;
mod explain;
mod filling;
mod formula;
mod influence;
pub mod intern;
pub mod kernel;
mod likeness;
pub mod long;
pub mod matrix;
pub mod measure;
mod merging;
mod naming;
pub mod pairs;
mod pairwise;
pub mod polarisation;
mod positions;
mod random;
mod ratings;
pub mod recoding;
pub mod reliability;
pub mod salience;
pub mod scale;
mod scaling;
mod scatter;
pub mod statements;
mod stored;
mod stored_table;
pub mod table;
pub mod tally;
pub mod ties;
pub mod two_mode;
pub mod unit;
pub mod window;

pub use agreement::{Agreement, AgreementOptions, AgreementRow, Key, agreement, agreement_with};
pub use coders::{TwoCoders, two_coders};
pub use explain::{Contribution, Leading, explain, leading};
pub use influence::{Influence, influence};
pub use naming::{Names, Naming, naming};
pub use pairwise::PairSums;
pub use positions::{Position, positions};
pub use scaling::{Scaling, plane};

pub use crate::group::Silence;
