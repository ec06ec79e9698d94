import { runThread, type ThreadStart } from "../src/retrieval/threads";

self.onmessage = ({ data }: MessageEvent<ThreadStart>) => runThread(data);
