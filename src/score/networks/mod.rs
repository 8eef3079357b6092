//! Who says alike and who says otherwise: networks of actors and concepts, their camps, and maps of them.

pub mod congruence;
mod definition;
pub mod polarisation;
mod scaling;
pub mod statements;
pub mod ties;
pub mod two_mode;
pub mod window;

pub use scaling::{Scaling, plane};
