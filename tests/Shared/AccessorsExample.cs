using System.Text.RegularExpressions;

namespace LockFree.Testing;

/// <summary>The examples on the pages of the LF9xxx rules, with all that they leave out.</summary>
internal static class AccessorsExample
{
    private const string Prelude = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using LockFree;


        """;

    private const string Contracts = """

        public interface IBilling { }

        public interface IPricing { }

        public interface ILogger { }

        public class OrdersClient { }

        public static class PricingClient
        {
            public static ValueTask<IPricing> ConnectAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException(name);
        }

        """;

    /// <summary>A source file with the first example under <paramref name="heading"/> of a page.</summary>
    public static string In(string page, string heading)
    {
        Match block = Regex.Match(page, $@"^## {heading}\r?\n.*?```csharp\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);
        if (!block.Success)
            throw new ArgumentException($"The page has no example under '{heading}'.", nameof(heading));

        string example = block.Groups["code"].Value.ReplaceLineEndings("\n");
        if (!example.Contains("[ClientAccessors]", StringComparison.Ordinal) && !example.Contains("class", StringComparison.Ordinal))
            example = $"[ClientAccessors]\npublic partial class Clients\n{{\n{Regex.Replace(example, "^(?=.)", "    ", RegexOptions.Multiline)}}}\n";
        if (!example.Contains("interface IOrders", StringComparison.Ordinal))
            example += "\npublic interface IOrders { }\n";
        return Prelude + example + Contracts;
    }
}
