import { useRef } from "react";
import { FolderIcon, PictureIcon } from "../shell/icons";
import { useTexts } from "../texts/texts";
import { type Choice, canPickFolder, chosenFiles, pickFolder } from "./origin";

interface Props {
  onChoose: (choice: Choice) => void;
}

/** Buttons that choose a folder or single photos: by the browser's folder picker where it has one, which it can open again, else by its inputs. */
export function AddPhotos({ onChoose }: Props) {
  const { add } = useTexts();
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const choose = async () => {
    if (!canPickFolder()) {
      folder.current?.click();
      return;
    }
    const choice = await pickFolder();
    if (choice) onChoose(choice);
  };
  const take = (input: HTMLInputElement) => {
    const choice = input.files && chosenFiles(input.files);
    input.value = "";
    if (choice) onChoose(choice);
  };
  return (
    <div className="add-photos">
      <button type="button" className="button primary" onClick={choose}>
        <FolderIcon /> {add.folder}
      </button>
      <button type="button" className="button" onClick={() => files.current?.click()}>
        <PictureIcon /> {add.photos}
      </button>
      <input
        // React knows no such attribute.
        ref={(input) => {
          folder.current = input;
          input?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        data-testid="folder-input"
        multiple
        hidden
        onChange={(event) => take(event.target)}
      />
      <input
        ref={files}
        type="file"
        data-testid="files-input"
        accept="image/*,.heic,.heif"
        multiple
        hidden
        onChange={(event) => take(event.target)}
      />
    </div>
  );
}
