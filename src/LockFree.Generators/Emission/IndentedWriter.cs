using System.Text;

namespace LockFree.Generators.Emission;

/// <summary>Writes source line by line: four spaces a level, one line feed on every machine.</summary>
internal sealed class IndentedWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder _text = new();
    private int _level;

    /// <summary>One line, or an empty one without trailing spaces.</summary>
    public void Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(' ', _level * SpacesPerLevel).Append(text);
        _text.Append('\n');
    }

    /// <summary>A line one level deeper: the rest of a statement.</summary>
    public void Continuation(string text)
    {
        _level++;
        Line(text);
        _level--;
    }

    public void OpenBrace()
    {
        Line("{");
        _level++;
    }

    public void CloseBrace()
    {
        _level--;
        Line("}");
    }

    public override string ToString() => _text.ToString();
}
