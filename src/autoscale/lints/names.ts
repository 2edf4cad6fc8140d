/** Names that are nearly those of the service, or were (L2, L4), and metrics that are used as numbers (L3). */
import type { Fix } from '../../base/index.js';
import type { NameExpr } from '../ast.js';
import { SERVICE_VARIABLES, type ServiceVariable } from '../variables.js';
import type { Finding } from './lint.js';
import type { Subject } from './subject.js';

/** L2: a variable whose name is a service variable's but for its case, or a target's without the $. */
export function lookalikeNames(subject: Subject): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const statement of subject.program.statements) {
    if (statement.kind !== 'assign' || seen.has(statement.name)) continue;
    seen.add(statement.name);
    const meant = resembled(statement.name);
    if (meant === null) continue;
    const { name, nameSpan } = statement;
    const message = `${name} is a variable of your own, not ${meant.name}`;
    findings.push(
      meant.kind === 'metric'
        ? { span: nameSpan, message, hint: `rename it, so that nobody takes it for ${meant.name}` }
        : {
            span: nameSpan,
            message,
            hint: `did you mean ${meant.name}?`,
            ...renamedUnlessSet(subject, name, meant.name),
          },
    );
  }
  return findings;
}

/** L4: names of metrics that are gone. */
export function retiredNames(subject: Subject): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const expr of subject.exprs) {
    if (expr.kind !== 'name' || seen.has(expr.name)) continue;
    const variable = SERVICE_VARIABLES.get(expr.name);
    if (variable?.kind !== 'metric' || variable.status === 'current') continue;
    seen.add(expr.name);
    findings.push(variable.status === 'old' ? renamed(subject, expr, variable.samplesOf) : retired(expr));
  }
  return findings;
}

/** L3: metrics without a method, except those that the documentation uses as numbers. */
export function bareMetrics(subject: Subject): readonly Finding[] {
  const asked = new Set(subject.exprs.flatMap((expr) => (expr.kind === 'method' ? [expr.object] : [])));
  return subject.exprs.flatMap((expr) => {
    if (expr.kind !== 'name' || asked.has(expr)) return [];
    const variable = SERVICE_VARIABLES.get(expr.name);
    if (variable?.kind !== 'metric' || variable.present !== null) return [];
    const message = `${expr.name} without a method is its newest sample, and fails where there is none`;
    const hint = `ask for samples: max(0, ${expr.name}.GetSample(1)), or a window behind a guard`;
    return [{ span: expr.span, message, hint }];
  });
}

/** The service variable that a name of one's own resembles. */
function resembled(name: string): ServiceVariable | null {
  if (SERVICE_VARIABLES.has(name)) return null;
  const lower = name.toLowerCase();
  for (const variable of SERVICE_VARIABLES.values()) {
    const known = variable.name.toLowerCase();
    if (known === lower || (variable.kind !== 'metric' && known === `$${lower}`)) return variable;
  }
  return null;
}

/** A formula that sets the real one as well uses the other as a step: there the author has to decide. */
function renamedUnlessSet(subject: Subject, name: string, to: string): { readonly fix?: Fix } {
  const isSet = subject.program.statements.some((statement) => statement.kind === 'assign' && statement.name === to);
  return isSet ? {} : { fix: renaming(subject, name, to) };
}

/** Writes another name wherever one stands. */
export function renaming(subject: Subject, name: string, to: string): Fix {
  const assigned = subject.program.statements.flatMap((statement) =>
    statement.kind === 'assign' && statement.name === name ? [statement.nameSpan] : [],
  );
  const used = subject.exprs.flatMap((expr) => (expr.kind === 'name' && expr.name === name ? [expr.span] : []));
  const spans = [...assigned, ...used].sort((a, b) => a.start - b.start);
  return { title: `write ${to} for ${name}`, edits: spans.map((span) => ({ span, text: to })) };
}

function renamed(subject: Subject, { name, span }: NameExpr, to: string): Finding {
  return { span, message: `${name} is the old name of ${to}`, hint: `write ${to}`, fix: renaming(subject, name, to) };
}

function retired({ name, span }: NameExpr): Finding {
  const message = `${name} was retired in 2024: the service takes no samples of it any more`;
  return { span, message, hint: 'take $CPUPercent, or a metric of tasks or nodes' };
}
