// SPDX-License-Identifier: Apache-2.0

import Calls
import SimulatedPlatform
import Testing

@Suite struct SimulatedCallersTests {
    private static let lines = [
        SimulatedLine(number: "+31200550100", name: "Front desk"), SimulatedLine(number: "+31850550101", name: nil),
    ]

    private static func plans(_ count: Int, seed: UInt64) -> [CallPlan] {
        var callers = SimulatedCallers(seed: seed, lines: lines)
        return (0..<count).compactMap { _ in callers.next() }
    }

    @Test func theSameSeedRingsTheSameCalls() {
        #expect(Self.plans(50, seed: 7) == Self.plans(50, seed: 7))
        #expect(Self.plans(50, seed: 7) != Self.plans(50, seed: 8))
    }

    @Test func withoutLinesNobodyRings() {
        var callers = SimulatedCallers(seed: 1, lines: [])
        #expect(callers.next() == nil)
    }

    @Test func withoutNumbersAllCallersWithholdTheirs() {
        var callers = SimulatedCallers(seed: 1, lines: Self.lines, numbers: [])
        for _ in 0..<50 {
            guard case .text(let text) = callers.next()?.call.caller else { continue }
            #expect(Party(text).number == nil)
        }
    }

    @Test func eachCallHasItsOwnIdInTheFormOfAUUID() {
        let ids = Self.plans(1000, seed: 3).map(\.call.id)
        #expect(Set(ids).count == 1000)
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        for id in ids { #expect(id.wholeMatch(of: form) != nil) }
    }

    @Test func aCallLivesFor5To40SecondsAndEndsWithAReport() {
        for plan in Self.plans(500, seed: 5) {
            let life = plan.steps.reduce(Duration.zero) { $0 + $1.after }
            #expect(life > .seconds(4.5) && life < .seconds(40))
            #expect(plan.steps.first?.what == .pickedUp)
            #expect(plan.steps.last?.what == .reported)
        }
    }

    @Test func callersAreAsMixedAsTheyAreInLife() {
        let plans = Self.plans(1000, seed: 9)
        let parties = plans.map { plan in
            if case .text(let text) = plan.call.caller { Party(text) } else { Party.withheld }
        }
        let counts = Dictionary(parties.map { ($0, 1) }, uniquingKeysWith: +)
        #expect((60...250).contains(counts[.withheld] ?? 0))
        #expect(counts.values.contains { $0 > 50 })
        #expect(counts.values.contains { $0 < 12 })
        #expect(plans.contains { HostileText.all.contains($0.call.line.name ?? "") })
        #expect(plans.contains { plan in plan.steps.contains { if case .failed = $0.what { true } else { false } } })
        #expect(Set(plans.map(\.call.line.number)).count == 2)
        for country in ["+31", "+49", "+32", "+44"] {
            #expect(parties.contains { $0.description.hasPrefix(country) })
        }
    }

    @Test(arguments: FictitiousNumbers.all) func everyNumberIsE164(_ number: String) {
        #expect(PhoneNumber(number) != nil)
    }

    @Test func theGeneratorGivesThePublishedNumbers() {
        var random = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in random.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }
}
