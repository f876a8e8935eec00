//! To whom a statement speaks.

/// The two persons that statements have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// Of the customer, to the CSM.
    About,
    /// To the customer.
    To,
}

impl Person {
    /// Before what is the customer's: `the plan`, `your plan`.
    pub fn the(self) -> &'static str {
        self.pick("the", "your")
    }

    /// Before what stands without an article of the customer: `logins`, `your logins`. It ends with a space.
    pub fn your(self) -> &'static str {
        self.pick("", "your ")
    }

    /// The words that fit the person.
    pub fn pick<T>(self, about: T, to: T) -> T {
        match self {
            Self::About => about,
            Self::To => to,
        }
    }
}
