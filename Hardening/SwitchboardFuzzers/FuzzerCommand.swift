// SPDX-License-Identifier: Apache-2.0

import Glibc

// What `make fuzz` runs: one reader of text from outside, fed by libFuzzer with what reaches new code. `main` is libFuzzer's.
//
// A target fails by trapping. What it holds against the reader is more than that it survives: what is read in two ways
// must be read alike, and what is shown must be clean.

/// The target of this process; set once, before libFuzzer begins.
nonisolated(unsafe) private var chosen: FuzzTarget?

/// Chooses the target that `FUZZ_TARGET` names; without one it lists them.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeRawPointer, _ arguments: UnsafeRawPointer) -> CInt {
    guard let name = getenv("FUZZ_TARGET") else {
        print(FuzzTarget.all.keys.sorted().joined(separator: "\n"))
        exit(0)
    }
    chosen = FuzzTarget.all[String(cString: name)]
    require(chosen != nil, "there is no such target")
    return 0
}

/// Tries one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    chosen?(Array(UnsafeBufferPointer(start: bytes, count: size)))
    return 0
}

/// One reader that is tried.
struct FuzzTarget {
    private let tryInput: ([UInt8]) -> Void

    init(_ tryInput: @escaping ([UInt8]) -> Void) {
        self.tryInput = tryInput
    }

    func callAsFunction(_ bytes: [UInt8]) {
        tryInput(bytes)
    }

    /// The targets by name; each has a folder of that name in `Corpora`.
    nonisolated(unsafe) static let all: [String: FuzzTarget] = [
        "calendar": FuzzTarget(RulesTargets.calendar),
        "contacts": FuzzTarget(TableTargets.contacts),
        "control": FuzzTarget(DocumentTargets.control),
        "decoder": FuzzTarget(DecoderTarget.keys),
        "exports": FuzzTarget(FilterTarget.exports),
        "filters": FuzzTarget(FilterTarget.filters),
        "http": FuzzTarget(HTTPTarget.requests),
        "journal": FuzzTarget(JournalTarget.files),
        "kept": FuzzTarget(JournalTarget.documents),
        "keys": FuzzTarget(KeysTarget.keys),
        "list": FuzzTarget(RulesTargets.list),
        "numbers": FuzzTarget(NumberTarget.numbers),
        "rules": FuzzTarget(RulesTargets.rules),
        "state": FuzzTarget(DocumentTargets.state),
        "theme": FuzzTarget(RulesTargets.theme),
        "webhook": FuzzTarget(WebhookTarget.webhook),
    ]
}

/// Ends the process, which libFuzzer reports together with the input.
func require(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fatalError(what()) }
}
