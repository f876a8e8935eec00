//! The template of a task, read before it is ever filled in: it says what is there, and asks whether something is. What
//! compares, counts or calls is refused; that is the facts' work. So what was read can be filled in for every customer.

use std::collections::BTreeSet;

use minijinja::machinery::{
    ast::{BinOpKind, Expr, ForLoop, IfCond, Stmt, UnaryOpKind},
    parse,
};

use super::{
    Problem, TaskError,
    names::{Kind, Names},
};

/// The names that are known to be there.
type There = BTreeSet<String>;

/// Looks through a template that begins on `first_line` of its file.
pub(super) fn check(text: &str, first_line: usize, names: &Names) -> Result<(), TaskError> {
    let reader = Reader { first_line, names };
    let read = parse(text, "the task", Default::default());
    let template = read.map_err(|error| {
        let why = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        Problem::Template(why).at(reader.line(error.line().unwrap_or(1)))
    })?;
    match &template {
        Stmt::Template(template) => reader.body(&template.children, &There::new(), Each::Nothing),
        _ => Ok(()),
    }
}

struct Reader<'a> {
    first_line: usize,
    names: &'a Names,
}

/// What a loop says one after the other, by the name that it gives it.
#[derive(Clone, Copy)]
enum Each<'a> {
    /// It is no loop.
    Nothing,
    /// A line.
    Line(&'a str),
    /// A customer of a book.
    Row(&'a str, &'a Names),
}

impl Reader<'_> {
    fn line(&self, of_template: usize) -> usize {
        self.first_line + of_template - 1
    }

    fn at(&self, expr: &Expr<'_>, problem: Problem) -> TaskError {
        problem.at(self.line(expr.span().start_line.into()))
    }

    /// Statements of which `there` is known; within a loop, `each` is one of what it goes over.
    fn body(&self, statements: &[Stmt<'_>], there: &There, each: Each<'_>) -> Result<(), TaskError> {
        statements.iter().try_for_each(|statement| match statement {
            Stmt::EmitRaw(_) => Ok(()),
            Stmt::EmitExpr(said) => self.said(&said.expr, there, each),
            Stmt::IfCond(condition) => self.condition(condition, there, each),
            Stmt::ForLoop(lines) if matches!(each, Each::Nothing) => self.lines(lines, there),
            other => Err(Problem::NotAllowed.at(self.line(line_of(other)))),
        })
    }

    fn said(&self, expr: &Expr<'_>, there: &There, each: Each<'_>) -> Result<(), TaskError> {
        let name = path(expr).ok_or_else(|| self.at(expr, Problem::NotAllowed))?;
        if matches!(each, Each::Line(line) if line == name) || there.contains(&name) {
            return Ok(());
        }
        match self.kind(expr, &name, each)? {
            Kind::Always => Ok(()),
            Kind::Perhaps => Err(self.at(expr, Problem::NotAsked(name))),
            Kind::List => Err(self.at(expr, Problem::Lines(name))),
            Kind::Rows => Err(self.at(expr, Problem::Rows(name))),
        }
    }

    fn condition(&self, condition: &IfCond<'_>, there: &There, each: Each<'_>) -> Result<(), TaskError> {
        let (yes, no) = self.asked(&condition.expr, each)?;
        self.body(&condition.true_body, &(there | &yes), each)?;
        self.body(&condition.false_body, &(there | &no), each)
    }

    fn lines(&self, lines: &ForLoop<'_>, there: &There) -> Result<(), TaskError> {
        let (each, list) = (path(&lines.target), path(&lines.iter));
        let (Some(each), Some(list), None, false) = (each, list, &lines.filter_expr, lines.recursive) else {
            return Err(self.at(&lines.iter, Problem::NotAllowed));
        };
        let row = Names::of_row();
        let one = match self.kind(&lines.iter, &list, Each::Nothing)? {
            Kind::List => Each::Line(&each),
            Kind::Rows => Each::Row(&each, &row),
            Kind::Always | Kind::Perhaps => return Err(self.at(&lines.iter, Problem::NoLines(list))),
        };
        self.body(&lines.body, there, one)?;
        self.body(&lines.else_body, there, Each::Nothing)
    }

    /// What a name stands for; behind that of a customer of a loop stand the facts of that customer.
    fn kind(&self, expr: &Expr<'_>, name: &str, each: Each<'_>) -> Result<Kind, TaskError> {
        let of_row = match each {
            Each::Row(row, names) => name.strip_prefix(row).and_then(|rest| rest.strip_prefix('.')).zip(Some(names)),
            Each::Nothing | Each::Line(_) => None,
        };
        let (said, names) = of_row.unwrap_or((name, self.names));
        let unknown = || Problem::NoName { name: name.to_owned(), known: names.near(said) };
        names.kind(said).ok_or_else(|| self.at(expr, unknown()))
    }

    /// What is known to be there where the question is answered with yes, and where with no.
    fn asked(&self, expr: &Expr<'_>, each: Each<'_>) -> Result<(There, There), TaskError> {
        match expr {
            Expr::UnaryOp(it) if matches!(it.op, UnaryOpKind::Not) => {
                let (yes, no) = self.asked(&it.expr, each)?;
                Ok((no, yes))
            }
            Expr::BinOp(it) if matches!(it.op, BinOpKind::ScAnd | BinOpKind::ScOr) => {
                let ((yes, no), (also_yes, also_no)) = (self.asked(&it.left, each)?, self.asked(&it.right, each)?);
                Ok(match it.op {
                    BinOpKind::ScAnd => (&yes | &also_yes, &no & &also_no),
                    _ => (&yes & &also_yes, &no | &also_no),
                })
            }
            Expr::Var(_) | Expr::GetAttr(_) => {
                let name = path(expr).ok_or_else(|| self.at(expr, Problem::NotAllowed))?;
                self.kind(expr, &name, each)?;
                Ok((There::from([name]), There::new()))
            }
            _ => Err(self.at(expr, Problem::Compares)),
        }
    }
}

/// `usage.change`, where it is a name and nothing else.
fn path(expr: &Expr<'_>) -> Option<String> {
    match expr {
        Expr::Var(name) => Some(name.id.to_owned()),
        Expr::GetAttr(it) => Some(format!("{}.{}", path(&it.expr)?, it.name)),
        _ => None,
    }
}

/// The line of a statement that is refused.
fn line_of(statement: &Stmt<'_>) -> usize {
    let span = match statement {
        Stmt::ForLoop(it) => it.span(),
        Stmt::WithBlock(it) => it.span(),
        Stmt::Set(it) => it.span(),
        Stmt::SetBlock(it) => it.span(),
        Stmt::AutoEscape(it) => it.span(),
        Stmt::FilterBlock(it) => it.span(),
        Stmt::Do(it) => it.span(),
        Stmt::Template(it) => it.span(),
        Stmt::EmitRaw(it) => it.span(),
        Stmt::EmitExpr(it) => it.span(),
        Stmt::IfCond(it) => it.span(),
    };
    span.start_line.into()
}
