//! The pure heart that the client and the tools server share: rows with a clock in, facts out. No I/O, and no clock:
//! every function is given the day to count from.

pub mod attention;
pub mod case;
pub mod difference;
pub mod facts;
pub mod health;
pub mod letter;
pub mod occasion;
pub mod outline;
pub mod past;
pub mod period;
pub mod portfolio;
pub mod query;
pub mod question;
pub mod rows;
pub mod statements;
pub mod tasks;
pub mod thresholds;
pub mod usage;
pub mod words;
