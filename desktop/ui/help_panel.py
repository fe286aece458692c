"""The help beside the work: a panel over the right of the window. Esc closes it and gives the focus back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextLength, QTextTable
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QWidget

from desktop.ui import help_text
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import square
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import Glyph, key_cap, label

LINE = 125  # per cent of the font's own height
HEADINGS = {1: 15, 2: 11.5, 3: 10}  # points
KEYS = 34  # per cent of a table that its keys take
WIDTH = 460  # logical pixels; a narrower window is covered whole


class HelpPanel(QFrame):
    """Lies over its window, as high as it is. Nothing behind it changes."""

    def __init__(self, theme: Theme, over: QWidget, lang: str) -> None:
        super().__init__(over)
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("Help"))
        self._theme, self._over, self._lang = theme, over, lang
        self._before: QWidget | None = None
        self.topic = ""
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("Help for this page"))
        self.text.setFont(theme.font(10))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.close_button = square(theme, "x", self.tr("Close the help (Esc)"))
        self.close_button.clicked.connect(self.leave)
        title = label(theme, self.tr("Help"), 13, Weight.Bold)
        head = row(Glyph(theme, "circle-help", "brand", 20), title, None, key_cap(theme, "Esc"), self.close_button)
        head.setContentsMargins(20, 10, 14, 10)
        whole = column(head, self.text, gap=0, margins=(1, 0, 0, 0))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        over.installEventFilter(self)
        self.hide()

    def show_topic(self, topic: str) -> None:
        """Show the help for a page and read from its beginning."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.topic = topic
        self.text.document().setDocumentMargin(self._theme.px(14))
        self.text.document().setIndentWidth(self._theme.px(18))
        self.text.setMarkdown(help_text.markdown(topic, self._lang))
        self._roomy()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._place()
        self.show()
        self.raise_()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close, and go back to where the clerk was."""
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """What lies behind the panel is not walked to: Tab goes between the text and the button."""
        now = QApplication.focusWidget()
        (self.close_button if now is self.text else self.text).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room: QSize = self._over.size()
        wide = self._theme.px(WIDTH)
        width = wide if room.width() > wide * 4 // 3 else room.width()
        self.setGeometry(room.width() - width, 0, width, room.height())

    def _roomy(self) -> None:
        """Space between the lines: help is read, not glanced at."""
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spaced)
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                self._heading(QTextCursor(block))
            block = block.next()

        for frame in self.text.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._table(frame)

    def _table(self, table: QTextTable) -> None:
        shape = table.format()
        shape.setBorder(0)
        shape.setCellPadding(self._theme.px(3))
        shape.setCellSpacing(0)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, part) for part in (KEYS, 100 - KEYS)]
        )
        table.setFormat(shape)

    def _heading(self, cursor: QTextCursor) -> None:
        """Qt's own headings are twice as large as the window's."""
        shape = QTextCharFormat()
        shape.setFont(self._theme.font(HEADINGS.get(cursor.blockFormat().headingLevel(), 10), Weight.Bold))
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(shape)
