//! Whatever can be asked is printed and read again as it was.

use contracts::query::Query;
use domain::query::{parse, text};
use proptest::prelude::*;

use crate::generated::query;

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same_query(query in query()) {
        let printed = text(&query);
        prop_assume!(printed.len() <= domain::query::LONGEST);
        let read = parse(&printed).map_err(|problem| TestCaseError::fail(problem.shown(&printed)))?;
        prop_assert_eq!(read, query, "{}", printed);
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_with_a_place_inside_of_it(typed in "\\PC{0,80}") {
        match parse(&typed) {
            Ok(query) => prop_assert_eq!(parse(&text(&query)), Ok(query)),
            Err(problem) => prop_assert!(problem.at.end <= typed.len() && !problem.to_string().is_empty()),
        }
    }

    #[test]
    fn whatever_looks_like_a_query_is_printed_as_one(typed in "((not |\\(|or )?(risk|arr|renewal|plan|by|sort|x):[<>=]{0,2}[a-z0-9-]{0,9}\\)? ?){0,5}") {
        if let Ok(query) = parse(&typed) {
            prop_assert_eq!(parse(&text(&query)), Ok(query));
        }
    }

    #[test]
    fn a_query_travels_as_json(query in query()) {
        let json = serde_json::to_string(&query).expect("a query is plain data");
        prop_assert_eq!(serde_json::from_str::<Query>(&json).expect("what was written"), query);
    }
}
