//! What no email of this program asks for or announces: passwords, card and bank data, payments, attachments. In the
//! languages of its letters and their neighbours, as far as words can tell.

use std::sync::LazyLock;

use regex::Regex;

use super::fold;
use crate::pattern::pattern;

static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:pass ?(?:words?|codes?|phrases?)|credentials?|log-?in (?:data|details)|verification codes?|otp|pin|",
        r"(?:credit|debit|bank|gift) ?cards?|card (?:number|data|details)|cvv|cvc|iban|bic|swift|sort code|",
        r"bank(?:ing)?|account (?:number|data|details)|wire|transfer|pay|paid|payments?|invoices?|remit\w*|",
        r"bitcoin|crypto\w*|refunds?|attach(?:ed|ments?|ing)?|enclosed|download|click|",
        r"passwort\w*|kennwort\w*|zugangsdaten|kreditkarten?\w*|kontonummer|kontodaten|bankverbindung|uberweis\w*|",
        r"zahl(?:en|ung\w*)|bezahl\w*|rechnung\w*|anhang|anhange|beigefugt|angehangt|",
        r"mots? de passe|identifiants?|carte (?:bancaire|de credit)|coordonnees bancaires|virement|paiements?|payer|",
        r"factures?|pieces? jointes?|ci-joint|",
        r"contrasenas?|credenciales|tarjetas?|datos bancarios|cuenta bancaria|transferencia|pagos?|pagar|facturas?|",
        r"adjunt\w*|credenziali|carta di credito|dati bancari|bonifico|pagament[oi]|pagare|fattur[ae]|allegat[oi]|",
        r"senhas?|credenciais|cartao|dados bancarios|pagamentos?|faturas?|anexos?|",
        r"wachtwoord\w*|inloggegevens|bankgegevens|creditcard|betaling\w*|betalen|facturen|factuur|bijlagen?)\b",
    ))
});

/// Whether the text speaks of any of it, whatever letters it is written in.
pub(in super::super) fn asks_for_what_thieves_want(read: &str) -> bool {
    ASKED.is_match(&fold(read))
}
