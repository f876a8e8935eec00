//! `generate_renewal_brief`: what whoever talks about a renewal has to have before them.

use contracts::tools::RenewalBrief;
use domain::{case::Case, outline};

use super::MissingData;

pub(super) fn run(case: &Case) -> Result<RenewalBrief, MissingData> {
    outline::brief(case).map(RenewalBrief).ok_or_else(|| {
        MissingData(format!(
            "No renewal date of {} is known; add renewal_date in contracts.csv and import it.",
            case.name
        ))
    })
}
