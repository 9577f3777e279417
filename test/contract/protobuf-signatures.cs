// The part of Google.Protobuf's public surface that generated messages use, as signatures without
// a body that does anything. No package of npm or Debian has the runtime, and this is enough for the
// compiler to check every name and type of the generated contract.
using System;
using System.Collections;
using System.Collections.Generic;
using Google.Protobuf.Reflection;

namespace Google.Protobuf
{
    public interface IMessage
    {
        void MergeFrom(CodedInputStream input);
        void WriteTo(CodedOutputStream output);
        int CalculateSize();
        MessageDescriptor Descriptor { get; }
    }

    public interface IMessage<T> : IMessage, IEquatable<T>, IDeepCloneable<T> where T : IMessage<T>
    {
        void MergeFrom(T message);
    }

    public interface IDeepCloneable<T> { T Clone(); }

    public class MessageParser { }

    public sealed class MessageParser<T> : MessageParser where T : IMessage<T>
    {
        public MessageParser(Func<T> factory) { }
    }

    public static class ProtoPreconditions
    {
        public static T CheckNotNull<T>(T value, string name) where T : class { return value; }
    }

    public static class JsonFormatter
    {
        public static string ToDiagnosticString(IMessage message) { return ""; }
    }

    public sealed class ByteString
    {
        public static ByteString Empty { get { return null; } }
        public int Length { get { return 0; } }
    }

    public sealed class UnknownFieldSet
    {
        public static UnknownFieldSet Clone(UnknownFieldSet other) { return other; }
        public static UnknownFieldSet MergeFrom(UnknownFieldSet set, UnknownFieldSet other) { return set; }
        public static UnknownFieldSet MergeFieldFrom(UnknownFieldSet set, CodedInputStream input) { return set; }
        public void WriteTo(CodedOutputStream output) { }
        public int CalculateSize() { return 0; }
    }

    public sealed class CodedInputStream
    {
        public uint ReadTag() { return 0; }
        public string ReadString() { return ""; }
        public ByteString ReadBytes() { return null; }
        public bool ReadBool() { return false; }
        public int ReadEnum() { return 0; }
        public uint ReadUInt32() { return 0; }
        public ulong ReadFixed64() { return 0; }
        public double ReadDouble() { return 0; }
        public void ReadMessage(IMessage message) { }
    }

    public sealed class CodedOutputStream
    {
        public void WriteRawTag(byte one) { }
        public void WriteRawTag(byte one, byte two) { }
        public void WriteString(string value) { }
        public void WriteBytes(ByteString value) { }
        public void WriteBool(bool value) { }
        public void WriteEnum(int value) { }
        public void WriteUInt32(uint value) { }
        public void WriteFixed64(ulong value) { }
        public void WriteDouble(double value) { }
        public void WriteMessage(IMessage value) { }
        public static int ComputeStringSize(string value) { return 0; }
        public static int ComputeBytesSize(ByteString value) { return 0; }
        public static int ComputeEnumSize(int value) { return 0; }
        public static int ComputeUInt32Size(uint value) { return 0; }
        public static int ComputeMessageSize(IMessage value) { return 0; }
    }

    public sealed class FieldCodec<T> { }

    public static class FieldCodec
    {
        public static FieldCodec<string> ForString(uint tag) { return null; }
        public static FieldCodec<ByteString> ForBytes(uint tag) { return null; }
        public static FieldCodec<T> ForMessage<T>(uint tag, MessageParser<T> parser) where T : class, IMessage<T> { return null; }
    }
}

namespace Google.Protobuf.Collections
{
    public sealed class RepeatedField<T> : IDeepCloneable<RepeatedField<T>>
    {
        public RepeatedField<T> Clone() { return this; }
        public void Add(RepeatedField<T> values) { }
        public void AddEntriesFrom(CodedInputStream input, FieldCodec<T> codec) { }
        public void WriteTo(CodedOutputStream output, FieldCodec<T> codec) { }
        public int CalculateSize(FieldCodec<T> codec) { return 0; }
    }
}

namespace Google.Protobuf.Reflection
{
    public sealed class OriginalNameAttribute : Attribute
    {
        public OriginalNameAttribute(string name) { }
    }

    public sealed class MessageDescriptor
    {
        public IList<MessageDescriptor> NestedTypes { get { return null; } }
    }

    public sealed class Extension { }

    public sealed class GeneratedClrTypeInfo
    {
        public GeneratedClrTypeInfo(Type type, MessageParser parser, string[] properties, string[] oneofs, Type[] enums, Extension[] extensions, GeneratedClrTypeInfo[] nested) { }
        public GeneratedClrTypeInfo(Type[] enums, Extension[] extensions, GeneratedClrTypeInfo[] nested) { }
    }

    public sealed class FileDescriptor
    {
        public IList<MessageDescriptor> MessageTypes { get { return null; } }
        public static FileDescriptor FromGeneratedCode(byte[] data, FileDescriptor[] dependencies, GeneratedClrTypeInfo info) { return null; }
    }
}
