using Spectre.Console;

namespace LockFree.Cli.Reporting;

/// <summary>What a piece of text is, for those who read in colour.</summary>
internal enum TextStyle
{
    Plain,
    Heading,
    Good,
    Note,
    Warning,
    Error,
    Dim,
    Code,
    Added,
    Removed,
}

/// <summary>Writes text as it is, in colour where the reader is a terminal that wants it. Lines are never wrapped or padded.</summary>
internal sealed class StyledWriter
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _writer;
    private readonly bool _colours;

    public StyledWriter(TextWriter writer, bool colours)
    {
        _writer = writer;
        _colours = colours;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        _console.Profile.Width = int.MaxValue / 2;
    }

    public StyledWriter Write(string text, TextStyle style = TextStyle.Plain)
    {
        if (_colours && style != TextStyle.Plain && text.Length > 0)
            _console.Write(new Text(text, StyleOf(style)));
        else
            _writer.Write(text);
        return this;
    }

    public void WriteLine(string text = "", TextStyle style = TextStyle.Plain)
    {
        Write(text, style);
        _writer.WriteLine();
    }

    private static Style StyleOf(TextStyle style) => style switch
    {
        TextStyle.Heading => new Style(decoration: Decoration.Bold),
        TextStyle.Good or TextStyle.Added => new Style(Color.Green),
        TextStyle.Note => new Style(Color.Aqua),
        TextStyle.Warning => new Style(Color.Yellow),
        TextStyle.Error or TextStyle.Removed => new Style(Color.Red),
        TextStyle.Dim => new Style(decoration: Decoration.Dim),
        TextStyle.Code => new Style(Color.Silver),
        _ => Style.Plain,
    };
}
