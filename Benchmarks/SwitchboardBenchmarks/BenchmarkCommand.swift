// SPDX-License-Identifier: Apache-2.0

/// What `make bench` runs: the two servers that are compared, the requests for them, the stages of the path,
/// and the cost of many rules and of numbers in other spellings.
@main
struct BenchmarkCommand {
    static func main() async throws {
        switch CommandLine.arguments.dropFirst().first {
        case "hello": try await HelloServer.run()
        case "full": try await FullServer.run()
        case "requests": RequestFile.write()
        case "stages": Stages.measure()
        case "rules": RuleCounts.measure()
        case "numbers": Spellings.measure()
        default: print("usage: SwitchboardBenchmarks hello | full | requests | stages | rules | numbers")
        }
    }
}
