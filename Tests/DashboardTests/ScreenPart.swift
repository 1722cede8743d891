// SPDX-License-Identifier: Apache-2.0

import Screen

@testable import Dashboard

/// Something that takes the screen or a part of it; `Scene.complete` has a scene of each.
///
/// The switches below have every case of the dashboard, so that a new one does not compile before it has a part here, and has no
/// part before it has a scene.
enum ScreenPart: Hashable, CustomStringConvertible {
    case view(View)
    case tab(DetailTab)
    case page(Page)
    case question(Question)
    case field(DialogField)
    case step(Step)
    case menu(Choice)
    case prompt(Prompt)

    enum View: CaseIterable { case calls, lines, columns, record }

    enum Page: CaseIterable { case help, messages, audit, line, group, explanation, statistics, replicas, wall }

    enum Question: CaseIterable {
        case close, open, greet, clearGreeting, block, allow, undo, explain, testCall, export, overwrite, quit, suspend
    }

    /// Of a dialog, besides its fields.
    enum Step: CaseIterable { case buttons, complaint, noEnd }

    enum Choice: CaseIterable { case theme, copy }

    enum Prompt: CaseIterable { case command, note, search, filter, mistake }

    static let all: [ScreenPart] =
        View.allCases.map(Self.view) + DetailTab.allCases.map(Self.tab) + Page.allCases.map(Self.page)
        + Question.allCases.map(Self.question) + DialogField.allCases.map(Self.field) + Step.allCases.map(Self.step)
        + Choice.allCases.map(Self.menu) + Prompt.allCases.map(Self.prompt)

    var description: String {
        switch self {
        case .view(let view): "view \(view)"
        case .tab(let tab): "tab \(tab)"
        case .page(let page): "page \(page)"
        case .question(let question): "dialog \(question)"
        case .field(let field): "field \(field)"
        case .step(let step): "dialog with \(step)"
        case .menu(let choice): "menu \(choice)"
        case .prompt(let prompt): "prompt \(prompt)"
        }
    }
}

extension DashboardState {
    /// What is on the screen.
    var parts: Set<ScreenPart> {
        var parts = Set([body] + prompts)
        if record != nil { parts.insert(.view(.record)) }
        if let menu { parts.insert(.menu(menu.choice)) }
        if let dialog { parts.formUnion(dialog.parts) }
        return parts
    }

    private var body: ScreenPart {
        switch screenContext {
        case .page: page.map { .page($0.kind.part) } ?? .view(.calls)
        case .detail: detail.map { .tab($0.tab) } ?? .view(.calls)
        case .lines: .view(.lines)
        case .columns: .view(.columns)
        case .list, .dialog: columns.picker == nil ? .view(.calls) : .view(.columns)
        }
    }

    private var prompts: [ScreenPart] {
        var prompts: [ScreenPart.Prompt] = []
        if commandLine != nil { prompts.append(.command) }
        if notePrompt != nil { prompts.append(.note) }
        if search?.isOpen == true { prompts.append(.search) }
        if let prompt = filter.prompt { prompts.append(prompt.error == nil ? .filter : .mistake) }
        return prompts.map(ScreenPart.prompt)
    }
}

extension TextPage.Kind {
    fileprivate var part: ScreenPart.Page {
        switch self {
        case .help: .help
        case .messages: .messages
        case .audit: .audit
        case .line: .line
        case .group: .group
        case .explanation: .explanation
        case .statistics: .statistics
        case .replicas: .replicas
        case .wall: .wall
        }
    }
}

extension Menu {
    fileprivate var choice: ScreenPart.Choice {
        switch purpose {
        case .themes: .theme
        case .copy: .copy
        }
    }
}

extension Dialog {
    fileprivate var parts: [ScreenPart] {
        let place: ScreenPart =
            switch focus {
            case .button: .step(.buttons)
            case .field(let field): .field(field)
            }
        return [place] + (question.map { [.question($0)] } ?? []) + (complaint == nil ? [] : [.step(.complaint)])
            + (asksForNoEnd ? [.step(.noEnd)] : [])
    }

    /// `nil` for what is done without asking.
    private var question: ScreenPart.Question? {
        switch purpose {
        case .override(let action): action.question
        case .undo: .undo
        case .explain: .explain
        case .testCall: .testCall
        case .export: .export
        case .overwrite: .overwrite
        case .quit: .quit
        case .suspend: .suspend
        }
    }
}

extension OverrideAction {
    fileprivate var question: ScreenPart.Question? {
        switch self {
        case .close: .close
        case .open: .open
        case .greet: .greet
        case .clear: .clearGreeting
        case .caller(let action):
            switch action.deed {
            case .block: .block
            case .allow: .allow
            case .clear: nil
            }
        }
    }
}
