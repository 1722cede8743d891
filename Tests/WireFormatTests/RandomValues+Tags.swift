// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Testing

/// A type with cases, and a tag for each of them.
protocol Tagged {
    associatedtype Tag: CaseIterable & Hashable
    var tag: Tag { get }
}

extension Scope: Tagged {
    enum Tag: CaseIterable { case all, group, line }

    var tag: Tag {
        switch self {
        case .all: .all
        case .group: .group
        case .line: .line
        }
    }
}

extension Decider: Tagged {
    enum Tag: CaseIterable { case rule, arm, override, block, hours, unknownLine, noNumber, otherwise, deadline }

    var tag: Tag {
        switch self {
        case .rule: .rule
        case .arm: .arm
        case .override: .override
        case .block: .block
        case .hours: .hours
        case .unknownLine: .unknownLine
        case .noNumber: .noNumber
        case .otherwise: .otherwise
        case .deadline: .deadline
        }
    }
}

extension Override.Kind: Tagged {
    enum Tag: CaseIterable { case closed, inform, forcedOpen, greeting }

    var tag: Tag {
        switch self {
        case .closed: .closed
        case .inform: .inform
        case .forcedOpen: .forcedOpen
        case .greeting: .greeting
        }
    }
}

extension FirstMessage: Tagged {
    enum Tag: CaseIterable { case text, assistant, otherServer }

    var tag: Tag {
        switch self {
        case .text: .text
        case .assistant: .assistant
        case .otherServer: .otherServer
        }
    }
}

extension OverrideCommand: Tagged {
    enum Tag: CaseIterable {
        case begin, open, followHours, clearGreeting, beginOnCallers, clearCallers, end, undo, note, remark
    }

    var tag: Tag {
        switch self {
        case .begin: .begin
        case .open: .open
        case .followHours: .followHours
        case .clearGreeting: .clearGreeting
        case .beginOnCallers: .beginOnCallers
        case .clearCallers: .clearCallers
        case .end: .end
        case .undo: .undo
        case .note: .note
        case .remark: .remark
        }
    }
}

extension Until {
    enum Tag: CaseIterable { case time, lasting, nextChange, reopened }
}

extension CallState: Tagged {
    enum Tag: CaseIterable { case ringing, live, ended, failed, rejected, other }

    var tag: Tag {
        switch self {
        case .ringing: .ringing
        case .live: .live
        case .ended: .ended
        case .failed: .failed
        case .rejected: .rejected
        case .other: .other
        }
    }
}

extension Webhook.Event: Tagged {
    enum Tag: CaseIterable { case assistantRequest, status, toolCalls, report, other }

    var tag: Tag {
        switch self {
        case .assistantRequest: .assistantRequest
        case .status: .status
        case .toolCalls: .toolCalls
        case .report: .report
        case .other: .other
        }
    }
}

extension Refusal: Tagged {
    enum Tag: CaseIterable {
        case missingSignature, badSignature, badTimestamp, stale, notHTTP, notJSON, noMessageType, wrongPath
        case wrongMethod, tooLarge, tooSlow, incomplete, unknownExpectation, unknownCoding, tooManyRequests, stopping
    }

    var tag: Tag {
        switch self {
        case .missingSignature: .missingSignature
        case .badSignature: .badSignature
        case .badTimestamp: .badTimestamp
        case .stale: .stale
        case .notHTTP: .notHTTP
        case .notJSON: .notJSON
        case .noMessageType: .noMessageType
        case .wrongPath: .wrongPath
        case .wrongMethod: .wrongMethod
        case .tooLarge: .tooLarge
        case .tooSlow: .tooSlow
        case .incomplete: .incomplete
        case .unknownExpectation: .unknownExpectation
        case .unknownCoding: .unknownCoding
        case .tooManyRequests: .tooManyRequests
        case .stopping: .stopping
        }
    }
}

extension LoggedEvent: Tagged {
    enum Tag: CaseIterable { case answered, updated, remarked, refused, unattributed, desk }

    var tag: Tag {
        switch self {
        case .answered: .answered
        case .updated: .updated
        case .remarked: .remarked
        case .refused: .refused
        case .unattributed: .unattributed
        case .desk: .desk
        }
    }
}

/// The generators make every case, and retries too.
@Suite struct RandomValuesTests {
    private func tags<Value: Tagged>(_ make: (inout RandomValues) -> Value) -> Set<Value.Tag> {
        var values = RandomValues(seed: 3)
        return Set((0..<300).map { _ in make(&values).tag })
    }

    @Test func everyCaseIsMade() {
        #expect(tags { $0.scope() } == Set(Scope.Tag.allCases))
        #expect(tags { $0.decider() } == Set(Decider.Tag.allCases))
        #expect(tags { $0.kind() } == Set(Override.Kind.Tag.allCases))
        #expect(tags { $0.firstMessage() } == Set(FirstMessage.Tag.allCases))
        #expect(tags { $0.command() } == Set(OverrideCommand.Tag.allCases))
        #expect(tags { $0.state() } == Set(CallState.Tag.allCases))
        #expect(tags { $0.event() } == Set(Webhook.Event.Tag.allCases))
        #expect(tags { $0.refusal() } == Set(Refusal.Tag.allCases))
        #expect(tags { $0.loggedEvent() } == Set(LoggedEvent.Tag.allCases))
    }

    @Test func retriesAreMade() {
        var values = RandomValues(seed: 3)
        #expect((0..<100).contains { _ in values.record().timeline.contains(where: \.isRepeat) })
    }
}
