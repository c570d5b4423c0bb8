//! A command to learn.

pub mod api;
pub mod card;

pub use card::LearningCardView;
