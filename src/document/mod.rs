//! Files to text.

mod decode;

pub use decode::decode;
