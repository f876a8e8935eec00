//! Which language a text is in, guessed by its small words.

use unicode_segmentation::UnicodeSegmentation;

/// A language that is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Tongue {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Danish,
}

/// Small words that are common in one language. Some are in several; the most of them decide.
const SMALL: [(Tongue, &str); 8] = [
    (
        Tongue::English,
        "the a an and of to in is are was were be been for with on at by from it they them their this that as not no but \
         if or have has had will would should can could we you your our his her so what which who how when before after \
         about more than do does did there here all any ask call send agree find",
    ),
    (
        Tongue::German,
        "der die das den dem des ein eine einen einem einer und ist sind war waren nicht kein keine mit für auf zu zum \
         zur im in von bei nach aus wir sie ihr ihre uns sich wie was wenn oder aber auch noch nur schon wird werden hat \
         haben kann es um als dass",
    ),
    (
        Tongue::French,
        "le la les l un une des du de d et est sont était ne pas avec pour sur dans par au aux ce cette ces il elle ils \
         nous vous votre vos leur leurs que qui qu où mais ou si plus moins se son sa ses a ont fait été en",
    ),
    (
        Tongue::Spanish,
        "el la los las un una unos unas y es son está están fue no con para por en de del al se su sus lo que como más \
         menos pero o si hay ha han nos usted ustedes este esta estos muy también ya sin sobre cuándo a",
    ),
    (
        Tongue::Italian,
        "il lo la i gli le un uno una e è sono era non con per su in di del della dei delle al alla che chi come più meno \
         ma o se si ha hanno ci vi loro questo questa molto anche già senza da dal a",
    ),
    (
        Tongue::Portuguese,
        "o a os as um uma uns umas e é são está estão foi não com para por em no na nos nas de do da dos das ao que como \
         mais menos mas ou se há tem têm seu sua este esta muito também já sem sobre",
    ),
    (
        Tongue::Dutch,
        "de het een en is zijn was waren niet geen met voor op te in van bij naar uit we wij ze zij hun ons zich als wat \
         wie hoe of maar ook nog al wordt worden heeft hebben kan om dat die deze u uw",
    ),
    (
        Tongue::Danish,
        "den det de en et og er var ikke ingen med for på til i af ved fra vi de deres os sig som hvad hvem hvordan eller \
         men også kun bliver har kan at om der denne dette du dit",
    ),
];

impl Tongue {
    /// The language that most small words of the text are of; `None` where it has none, or two languages have as many.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.unicode_words().flat_map(|word| word.split(['\'', '’'])).collect();
        let hits =
            |small: &str| words.iter().filter(|word| small.split_whitespace().any(|small| small == **word)).count();
        let mut counted: Vec<_> = SMALL.map(|(tongue, small)| (hits(small), tongue)).into();
        counted.sort_by_key(|(hits, _)| std::cmp::Reverse(*hits));
        let [(most, tongue), (second, _), ..] = counted[..] else { return None };
        (most > second).then_some(tongue)
    }
}
