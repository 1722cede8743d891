// SPDX-License-Identifier: Apache-2.0

import Yams

/// Reads a YAML file into nodes that know their place.
enum YAMLDocument {
    /// Returns the root, or reports why there is none.
    static func read(_ text: String, into findings: inout Diagnostics) -> YAMLNode? {
        var source = DuplicateKeys(text)
        while true {
            do {
                guard let root = try Parser(yaml: source.text, resolver: .basic).singleRoot() else {
                    findings.error("the file is empty", at: .start)
                    return nil
                }
                return convert(root, names: source, into: &findings)
            } catch let error as YamlError {
                if case .duplicatedKeysInMapping(_, let context) = error, source.rename(at: position(context.mark)) {
                    continue
                }
                report(error, into: &findings)
                return nil
            } catch {
                findings.error("the file cannot be read as YAML", at: .start)
                return nil
            }
        }
    }

    private static func convert(_ root: Node, names: DuplicateKeys, into findings: inout Diagnostics) -> YAMLNode? {
        var conversion = YAMLConversion(names: names, findings: findings)
        let node = conversion.node(root, depth: 0)
        findings = conversion.findings
        return node
    }

    static func position(_ mark: Mark?) -> SourcePosition {
        mark.map { SourcePosition(line: $0.line, column: $0.column) } ?? .start
    }

    private static func report(_ error: YamlError, into findings: inout Diagnostics) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            findings.error("this is not YAML: \(problem)\(advice(for: problem))", at: position(mark))
        case .reader(let problem, let offset, _, let text):
            findings.error("this is not YAML: \(problem)", at: position(offset: offset ?? 0, in: text))
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            findings.error("`\(key)` stands more than once in this block; keep one", at: position(context.mark))
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            findings.error("the file cannot be read as YAML", at: .start)
        }
    }

    /// Adds what to do to the parser's words for the slips that people make most.
    private static func advice(for problem: String) -> String {
        switch problem {
        case "found character that cannot start any token":
            "; indent with spaces, not tabs, and quote a text that begins with @ ` % or a tab"
        case "mapping values are not allowed in this context":
            "; check the indentation, and quote a text that holds `: `"
        case "did not find expected key", "did not find expected '-' indicator":
            "; check the indentation of this line and the ones above it"
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            "; close the bracket above, and quote a text that holds a bracket, a comma or ` #`, which begins a comment"
        case "found undefined alias": "; quote a text that begins with *"
        case "could not find expected ':'": "; a key is missing its colon, or the indentation is off"
        case "found unexpected end of stream": "; a quote or bracket is not closed"
        default: ""
        }
    }

    private static func position(offset: Int, in text: String) -> SourcePosition {
        var line = 1
        var column = 1
        for character in text.prefix(offset) {
            if character.isNewline { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return SourcePosition(line: line, column: column)
    }
}
