//! Which customer a row names.

use std::borrow::Cow;

use ::contracts::facts::Part;

use super::{
    links::{Reference, domain_of, is_of_anybody},
    recognise::Layout,
};

/// The columns that name the customer of a row, found once and not once a row.
#[derive(Debug)]
pub(super) struct Names {
    id: Option<usize>,
    other_id: Option<usize>,
    domain: Option<usize>,
    email: Option<usize>,
    name: Option<usize>,
    /// Whether an id among them is one of the book's, so that there is nothing to find out.
    are_own: bool,
}

impl Names {
    /// The columns of a layout, whose every name may be the field's own.
    pub(super) fn of(layout: &Layout, is_canonical: bool) -> Self {
        let has_customers = layout.parts.first() == Some(&Part::Customers);
        Self {
            id: layout.column("customer_id"),
            other_id: layout.column("other_id"),
            domain: layout.column("domain"),
            email: layout.column("email"),
            name: layout.column(if has_customers { "name" } else { "customer" }),
            are_own: is_canonical && !has_customers,
        }
    }

    /// Which customer a row names whose cells `cell` reads.
    pub(super) fn read<'a>(&self, cell: impl Fn(usize) -> Cow<'a, str>) -> Named<'a> {
        let text = |at: Option<usize>| at.map(&cell).unwrap_or_default();
        let id = text(self.id);
        if self.are_own && !id.is_empty() {
            return Named { id, ..Named::default() };
        }
        let domain = Some(text(self.domain)).filter(|own| !own.is_empty());
        let domain = domain.unwrap_or_else(|| domain_of(&text(self.email)).unwrap_or_default().to_owned().into());
        let domain = if is_of_anybody(&domain) { Cow::default() } else { domain };
        Named { id, other_id: text(self.other_id), domain, name: text(self.name) }
    }
}

/// Which customer a row names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Named<'a> {
    pub id: Cow<'a, str>,
    pub other_id: Cow<'a, str>,
    pub domain: Cow<'a, str>,
    pub name: Cow<'a, str>,
}

impl Named<'_> {
    /// Whether an id is all it says.
    pub fn is_id_alone(&self) -> bool {
        !self.id.is_empty() && [&self.other_id, &self.domain, &self.name].into_iter().all(|text| text.is_empty())
    }

    /// The same, to look it up.
    pub fn reference(&self) -> Reference<'_> {
        Reference { id: &self.id, other_id: &self.other_id, domain: &self.domain, name: &self.name }
    }
}
