//! A coded table to a corpus: what an analyst coded by hand, or what a corpus gave out.
//!
//! | column | what it holds |
//! |---|---|
//! | `meeting`, `issue`, `stance` | always; `proposition` may stand in for `issue` |
//! | `date_start` | the first day, from which the roster follows; not needed with a roster of one's own |
//! | `named`, `excluded` | codes joined by a blank, comma or semicolon; `EL` is read as `GR`, `UK` as `GB` |
//! | `institution` | `COM`, `EP`, `HRVP` or `PRES`, in a row of its own |
//! | `quantifier`, or `size_lo` and `size_hi` | how large the group is; empty beside `named`: exactly those |
//! | `topic`, `section`, `proposition`, `polarity`, `group`, `intensity`, `conditional`, `change`, `weight` | optional |
//! | `statement`, `report`, `quote`, `start`, `end`, `rule`, `confidence` | optional, as a corpus gives them out |
//! | `date_end`, `body`, `place`, `presidency`, `language`, `reporting_state` | optional, of the meeting |
//!
//! Other columns are left alone. Blanks around a cell do not count, and only an empty cell is missing.

mod actors;
mod cells;
mod csv;
mod grid;
mod notes;
mod other;
mod quotes;
mod recode;
mod schema;
mod statement;
mod stored;
mod table;

pub use actors::Actors;
pub use grid::{Grid, Row};
pub use notes::Notes;
pub use other::{Recoding, recoded};
pub use recode::{Missing, recode};
pub use schema::schema;
pub use stored::Stored;
pub use table::{Coded, Options, Sizes, read_table};
