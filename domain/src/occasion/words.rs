//! What is said to the CSM of an occasion.

use contracts::occasion::Hold;

use crate::words::date;

/// Why nothing should be sent yet, in one sentence.
pub fn hold(hold: &Hold) -> String {
    match hold {
        Hold::NoCustomer => "It is no customer any more.".to_owned(),
        Hold::Nothing { since } => format!("There has been nothing to write about since {}.", date(*since)),
        Hold::InTouch { on } => format!("You were in touch on {}; wait for what comes of it.", date(*on)),
        Hold::Verify { date: day } => {
            format!("Look first whether the renewal of {} went through; what is on record does not say.", date(*day))
        }
        Hold::TooEarly { from } => {
            format!("The renewal is far away; {} is early enough to write about it.", date(*from))
        }
        Hold::IncidentFirst => "Something urgent is open; write about that first.".to_owned(),
    }
}
