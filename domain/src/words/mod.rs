//! Figures and what they did, in plain words: the same count, amount, day or change reads the same on the screen, in a
//! report and in an email.

mod currency;
mod house;
mod metric;
mod moved;
mod number;
mod person;
mod sentence;
mod subject;
mod time;
mod value;

pub use self::{
    currency::currency,
    house::is_internal,
    metric::{in_brackets, in_window, speaks_of_seats, step, without_span},
    moved::{change_bp, moved, moved_money, movement},
    number::{
        amount, by_priority, count, grouped, list, money, moneys, number, percent, priorities, read_number, spelled,
    },
    person::Person,
    sentence::{capital, sentence},
    subject::{subject, told_subject},
    time::{date, distance, quarter, since, span},
    value::{cell, cell_of, figure},
};
