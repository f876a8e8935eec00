//! Figures in words.

use cs_copilot::words;

#[test]
fn spans_read_as_people_write_them() {
    assert_eq!([0.42, 9.96, 18.4, 1234.0].map(words::duration), ["0.4 ms", "10.0 ms", "18 ms", "1.2 s"]);
}
