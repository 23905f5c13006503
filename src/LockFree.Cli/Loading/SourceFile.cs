using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Cli.Loading;

/// <summary>A source as it lies on disk: its text, and how to turn changed text back into bytes of the same kind.</summary>
internal sealed class SourceFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private readonly Encoding _encoding;
    private readonly bool _hasPreamble;

    private SourceFile(string path, byte[] bytes)
    {
        Path = path;
        _bytes = bytes;
        (_encoding, int preambleLength) = Detect(bytes);
        _hasPreamble = preambleLength > 0;
        OriginalText = _encoding.GetString(bytes.AsSpan(preambleLength));
        Text = SourceText.From(OriginalText, _encoding);
    }

    private SourceFile(SourceFile onDisk, string text)
    {
        Path = onDisk.Path;
        _bytes = onDisk._bytes;
        _encoding = onDisk._encoding;
        _hasPreamble = onDisk._hasPreamble;
        OriginalText = onDisk.OriginalText;
        Text = SourceText.From(text, _encoding);
    }

    public string Path { get; }

    /// <summary>The text on disk.</summary>
    public string OriginalText { get; }

    /// <summary>The text to compile: that on disk unless a fix has changed it.</summary>
    public SourceText Text { get; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SourceFile Load(string path) => new(path, File.ReadAllBytes(path));

    /// <summary>The same file with changed text, not yet written.</summary>
    public SourceFile WithText(string text) => new(this, text);

    /// <summary>Whether the file still holds the bytes it was loaded with.</summary>
    public bool IsUnchangedOnDisk() => File.Exists(Path) && File.ReadAllBytes(Path).AsSpan().SequenceEqual(_bytes);

    /// <summary>The bytes of <see cref="Text"/> in the file's encoding, with a byte order mark if there was one.</summary>
    public byte[] Encode()
    {
        byte[] content = _encoding.GetBytes(Text.ToString());
        return _hasPreamble ? [.. _encoding.GetPreamble(), .. content] : content;
    }

    // Bytes that are not UTF-8 are read as Latin-1, which maps every byte to one character and back: whatever the file's code
    // page was, text nobody touches is written back as the bytes it came from.
    private static (Encoding Encoding, int PreambleLength) Detect(byte[] bytes)
    {
        foreach (Encoding marked in (ReadOnlySpan<Encoding>)[Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            if (bytes.AsSpan().StartsWith(marked.Preamble))
                return (marked, marked.Preamble.Length);
        }

        try
        {
            StrictUtf8.GetCharCount(bytes);
            return (StrictUtf8, 0);
        }
        catch (DecoderFallbackException)
        {
            return (Encoding.Latin1, 0);
        }
    }
}
